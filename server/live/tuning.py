"""What a client may set on its connection with `session.update`, and how that is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from server.core.encounter import Encounter
from server.core.errors import RequestError
from server.core.sound.audio import WIRE_HZ
from server.core.sound.endpoint import Patience
from server.live.ear import PRE_ROLL_MS
from server.live.wire_in import AudioInput, ServerVad, SessionSettings


@dataclass
class Tuning:
    """The settings of one connection."""

    has_voice: bool
    patience: Patience
    sound: bool = True
    """Replies are spoken; False: they are text."""
    rate_hz: int = WIRE_HZ
    hands_free: bool = True
    interruptible: bool = True

    def update(self, settings: SessionSettings) -> None:
        """Take `settings`, all or none. Raises `RequestError`."""
        sound = self.sound if settings.output_modalities is None else settings.output_modalities[0] == "audio"
        if sound and not self.has_voice and settings.output_modalities:
            raise RequestError(
                "This service has no voice.",
                code="no_voice",
                field="session.output_modalities",
                mend='Use ["text"]; `bedside doctor` says why.',
            )
        self.sound = sound
        if settings.audio and settings.audio.input:
            self._input(settings.audio.input)

    def _input(self, settings: AudioInput) -> None:
        if settings.format:
            self.rate_hz = settings.format.rate
        if "turn_detection" in settings.model_fields_set:
            self.hands_free = settings.turn_detection is not None
        if settings.turn_detection:
            self._detection(settings.turn_detection)

    def _detection(self, vad: ServerVad) -> None:
        threshold, end_ms = vad.threshold, vad.silence_duration_ms
        self.patience = replace(
            self.patience,
            threshold=threshold or self.patience.threshold,
            end_ms=end_ms or self.patience.end_ms,
            # who names a silence means that silence
            adapts=self.patience.adapts and end_ms is None,
        )
        if vad.interrupt_response is not None:
            self.interruptible = vad.interrupt_response

    def describe(self, encounter: Encounter) -> dict[str, Any]:
        """The Realtime session object."""
        return {
            "type": "realtime",
            "object": "realtime.session",
            "id": f"sess_{encounter.id}",
            "model": encounter.case.case_id,
            "output_modalities": ["audio" if self.sound else "text"],
            "audio": {
                "input": {
                    "format": {"type": "audio/pcm", "rate": self.rate_hz},
                    "turn_detection": self._described_detection() if self.hands_free else None,
                },
                "output": {
                    "format": {"type": "audio/pcm", "rate": WIRE_HZ},
                    "voice": str(encounter.case.patient.voice),
                },
            },
        }

    def _described_detection(self) -> dict[str, Any]:
        return {
            "type": "server_vad",
            "threshold": self.patience.threshold,
            "silence_duration_ms": self.patience.end_ms,
            "prefix_padding_ms": PRE_ROLL_MS,
            "create_response": True,
            "interrupt_response": self.interruptible,
        }
