"""Everybody of a cast is heard as somebody else, by the description and by what each engine makes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from server.core.case import Case
from server.core.case_parts.cast import Sound
from server.engines.description import describe
from server.engines.embedded import flite
from server.engines.piper.voices import Speaker, choose
from server.engines.remote.speaking import VOICES, voice_name
from server.live.voices import sound_of
from tests.live.theatre import cast, theatre


def of(*sounds: Sound) -> Case:
    people = tuple(replace(cast()[1], id=f"m{number}", voice=sound) for number, sound in enumerate(sounds))
    return theatre(cast=people, facts=(), beats=())


def described(*sounds: Sound) -> list[str]:
    case = of(*sounds)
    return [sound_of(case, one) for one in case.cast]


def test_who_only_speaks_faster_is_another_voice_all_the_same() -> None:
    first, second, third = described(Sound("male"), Sound("male", pace="fast"), Sound("male", age="old"))
    assert first == "male adult normal"
    assert second == "male adult fast low"
    assert third == "male old normal"


def test_a_thing_is_no_second_man() -> None:
    case = theatre()
    thing = next(one for one in case.cast if one.role_type == "system")
    assert sound_of(case, thing).split()[-1] == "system"
    assert all("system" not in sound_of(case, one) for one in case.cast if one is not thing)


FOUR = [Sound("female"), Sound("female", pace="slow"), Sound("female", age="old"), Sound("female", age="old")]


def test_four_women_are_four_voices_of_a_folder() -> None:
    names = ("en_GB-alba-medium", "en_GB-cori-medium", "en_US-amy-medium", "en_US-lessac-medium")
    folder = [Speaker(Path(f"{name}.onnx")) for name in (*names, "en_GB-alan-medium")]
    chosen = [choose(folder, describe(sound)) for sound in described(*FOUR)]
    assert len({one.path for one in chosen}) == 4
    assert "en_GB-alan-medium" not in {one.path.stem for one in chosen}


def test_four_women_are_four_speakers_of_one_file() -> None:
    file = [Speaker(Path("en_US-libritts-high.onnx"), number, f"p{number}") for number in range(6)]
    assert len({choose(file, describe(sound)).number for sound in described(*FOUR)}) == 4


def test_one_voice_speaks_for_everybody() -> None:
    alone = [Speaker(Path("en_GB-alan-medium.onnx"))]
    assert [choose(alone, describe(sound)) for sound in described(*FOUR)] == alone * 4


@pytest.mark.parametrize("sounds", [[Sound("male")] * 4, [Sound("female")] * 4])
def test_four_alike_differ_with_every_engine(sounds: list[Sound]) -> None:
    descriptions = described(*sounds)
    made = [flite.request_for("Hello.", describe(each)) for each in descriptions]
    assert len({(each["voice"], each["pitch"]) for each in made}) == 4
    assert len({voice_name(each, describe(each), VOICES) for each in descriptions}) == 4
