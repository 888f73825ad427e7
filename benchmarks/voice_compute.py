"""Rows about CPU, memory and the event loop."""

from __future__ import annotations

from benchmarks.models import tiny_whisper
from benchmarks.peer_house import compare, ours_alone
from benchmarks.rounds import median
from benchmarks.voice_bars import Row, row
from benchmarks.voice_sides import Bench, minute_of_speech

MEETINGS = 40


def orchestration(bench: Bench) -> list[Row]:
    frames, rounds = (1_500 if bench.quick else 5_000), bench.rounds(5)
    found = compare(
        bench.peers(), "benchmarks.ours.orchestration", "benchmarks.peers.orchestration", rounds, frames=frames
    )
    note = f"""Median of {rounds} rounds of {frames} frames of 20 ms at 16 kHz. Ours: the text of a message to the
        decision of the endpointer (JSON, base64, the protocol's checks, frames), with a detector that says no;
        without the wire it is {median(found.our("alone_ms")):.2f} ms. The peer: six processors that pass each frame on,
        one way; no transport and no message is parsed, so ours does more."""
    ours, theirs = median(found.our("wired_ms")), median(found.their("ms"))
    return [row("orchestration", ours, n=rounds, note=note, peer=theirs, peer_version=bench.peers().pipecat)]


def detecting(bench: Bench) -> list[Row]:
    rounds, wav = bench.rounds(7, 2), str(minute_of_speech(bench.folder))
    found = compare(bench.peers(), "benchmarks.ours.detecting", "benchmarks.peers.detecting", rounds, wav=wav)
    note = f"""Median of {rounds} rounds over a minute of speech and silence in 20 ms chunks, both with the decision
        when speech begins and ends. Ours: Silero 6 in one session for all streams. The peer:
        `SileroVADAnalyzer.analyze_audio` with the Silero file that it ships, a session and a thread a stream; it
        measures loudness as well."""
    ours, theirs = median(found.our("ms")), median(found.their("ms"))
    return [row("detecting", ours, n=rounds, note=note, peer=theirs, peer_version=bench.peers().pipecat)]


def idle_memory(bench: Bench) -> list[Row]:
    rounds, meetings = bench.rounds(3), 10 if bench.quick else MEETINGS
    capacity = (rounds + 2) * meetings
    sides = ("benchmarks.ours.memory", "benchmarks.peers.memory")
    found = compare(bench.peers(), *sides, rounds, meetings=meetings, capacity=capacity)
    note = f"""Growth of resident memory by {meetings} more encounters, median of {rounds} rounds after a first that
        does not count. Ours: the whole service, each encounter with its socket, entered, its opening spoken, cases in
        turn,
        clients elsewhere. The peer: six processors, one of them its voice detector; no transport and nothing said."""
    ours, theirs = median(found.our("mib")), median(found.their("mib"))
    n = rounds * meetings
    return [row("idle_memory", ours, n=n, note=note, peer=theirs, peer_version=bench.peers().pipecat)]


def loop_lag(bench: Bench) -> list[Row]:
    model, wav = tiny_whisper(bench.folder / "whisper"), str(minute_of_speech(bench.folder))
    clips = 2 if bench.quick else 8
    found = ours_alone("benchmarks.ours.loop_lag", model=str(model), wav=wav, clip_s=4, clips=clips)
    note = f"""A 10 ms sleep, {found["n"]} times, while {found["clips"]} clips of 4 s are recognised two at a time
        ({found["clip_ms"]:.0f} ms each) by the real faster-whisper engine on a model with the shape of Whisper tiny.en
        and random weights: compute, not accuracy. Median {found["p50"]:.1f} ms, worst {found["max"]:.0f} ms."""
    return [row("loop_lag", found["p99"], n=found["n"], note=note)]


def hour_memory(bench: Bench) -> list[Row]:
    minutes, warm = (6, 2) if bench.quick else (65, 5)
    wav = str(minute_of_speech(bench.folder))
    found = ours_alone("benchmarks.ours.hour", wav=wav, minutes=minutes, warm=warm)
    note = f"""Growth of resident memory over {minutes - warm} minutes of audio after {warm} to warm up
        ({found["warm_mib"]:.0f} MiB then), faster than real time through one encounter's door: a sentence every ten
        seconds, {found["turns"]} turns in the transcript, which is kept and counted. Real detector and database; the
        recogniser is told what it heard and the answers are text."""
    return [row("hour_memory", found["growth"], n=minutes - warm, note=note)]
