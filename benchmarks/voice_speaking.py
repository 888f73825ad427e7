"""Rows about speaking: the first sound, breaking off, what was heard, resampling."""

from __future__ import annotations

import sys

from benchmarks.models import medium_voice
from benchmarks.peer_house import Peers, compare, measured, ours_alone
from benchmarks.rounds import median, percentile
from benchmarks.texts import REPLIES
from benchmarks.voice_bars import Row, row
from benchmarks.voice_sides import Bench

OURS, THEIRS = "benchmarks.ours.speaking", "benchmarks.peers.speaking"
RANDOM = "a voice with the shape of Piper's `medium` and random weights: compute, not how it sounds"
MICROPHONES_HZ = (48_000, 44_100, 24_000, 8_000)


def first_audio(bench: Bench) -> list[Row]:
    return [_first_audio(bench, 15, bench.rounds(3)), _first_audio(bench, 45, bench.rounds(3))]


def _first_audio(bench: Bench, words_a_second: int, rounds: int) -> Row:
    voice, replies = str(medium_voice(bench.folder / "voice")), 2 if bench.quick else len(REPLIES)
    found = compare(bench.peers(), OURS, THEIRS, rounds, voice=voice, words_a_second=words_a_second, replies=replies)
    ours = [median([each["ms"][n] for each in found.ours]) for n in range(replies)]
    theirs = [median([each["ms"][n] for each in found.theirs]) for n in range(replies)]
    ratios = ", ".join(f"{our / their:.2f}" for our, their in zip(ours, theirs, strict=True))
    note = f"""Mean over {replies} replies (each the median of {rounds} rounds) from the first word to the first
        sound that the voice hands over; {RANDOM}. By reply: {ratios}. Ours: the first clause, and of that the first
        slice, 0.3 s of sound; Piper in its own process, two threads. The peer: the first sentence of
        `SimpleTextAggregator`, Piper in its process with onnxruntime's own number of threads, as its service calls it,
        without frames and transport."""
    n, version = rounds * replies, bench.peers().pipecat
    name = f"first_audio_{words_a_second}"
    return row(name, _mean(ours), n=n, note=note, peer=_mean(theirs), peer_version=version)


def freed_cpu(bench: Bench) -> list[Row]:
    times = 5 if bench.quick else 24
    found = compare(bench.peers(), OURS, THEIRS, times, voice=str(medium_voice(bench.folder / "voice")), freed=True)
    ours, theirs = [each["ms"] for each in found.ours], [each["ms"] for each in found.theirs]
    note = f"""From dropping the synthesis of a long sentence, 50 to 500 ms after its beginning, until the CPU time of
        the process stands still (looked at every 2 ms); {RANDOM}. Median {median(ours):.0f} ms. The peer: the awaiting
        task is cancelled, its thread speaks on to the sentence's end; its own p95."""
    peer = percentile(theirs, 0.95)
    version = bench.peers().pipecat
    return [row("freed_cpu", percentile(ours, 0.95), n=times, note=note, peer=peer, peer_version=version)]


def heard(bench: Bench) -> list[Row]:
    from tests.models.telling_piper import make_telling_voice

    file = str(make_telling_voice(bench.folder / "tones"))
    voices = (("flite", ""), ("espeak", ""), ("piper", file))
    return [_heard(bench.peers(), name, path) for name, path in voices]


def _heard(peers: Peers, voice: str, file: str) -> Row:
    found = ours_alone("benchmarks.ours.heard", voice=voice, file=file)
    truth = {
        "piper": "the length of each beginning of the sentence spoken alone (a made-up voice of tones)",
    }.get(voice, "where words end by forced alignment with pocketsphinx")
    note = f"""Cuts every 50 ms through {len(REPLIES)} replies; {found["told"]} of {found["sentences"]} sentences came
        with the ends of their words. Truth: {truth}, for {found["true"]} sentences. Worst {found["worst"]} words. By
        characters alone, as vocode does: {found["characters"]:.2f}. The peer's figure is computed by its rule for
        Piper, whole sentences, counted at their beginning or end, whichever errs less."""
    version = peers.pipecat + " (its rule)"
    return row(f"heard_{voice}", found["ours"], n=found["n"], note=note, peer=found["sentence"], peer_version=version)


def resampling(bench: Bench) -> list[Row]:
    with (
        measured(sys.executable, "benchmarks.ours.resampling") as ours,
        measured(bench.peers().python, "benchmarks.peers.resampling") as theirs,
    ):
        our_in = {hz: ours.measure(way="in", from_hz=hz, to_hz=16_000)["ms"] for hz in MICROPHONES_HZ}
        their_in = {hz: theirs.measure(from_hz=hz, to_hz=16_000)["ms"] for hz in MICROPHONES_HZ}
        our_out = ours.measure(way="out", from_hz=22_050, to_hz=24_000)["ms"]
        their_out = theirs.measure(from_hz=22_050, to_hz=24_000)["ms"]
    by_rate = "; ".join(f"{hz} Hz {our_in[hz]:.1f} (peer {their_in[hz]:.1f})" for hz in MICROPHONES_HZ)
    how = """A chirp in chunks of 20 ms: the most that is withheld at the end of a chunk, and the shift by
        cross-correlation."""
    version = bench.peers().pipecat + " (soxr VHQ)"
    into = row(
        "resampling_in", max(our_in.values()), n=len(our_in), note=f"{how} To 16 kHz, in ms: {by_rate}.",
        peer=max(their_in.values()), peer_version=version,
    )  # fmt: skip
    out = row(
        "resampling_out", our_out, n=1, peer=their_out, peer_version=version,
        note=f"{how} 22,050 to 24,000 Hz. Ours resamples a clause at a time and withholds nothing; the peer streams.",
    )  # fmt: skip
    return [into, out]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
