"""CPU of pipecat for taking microphone frames through six processors that pass them on. No transport, no engine."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from loguru import logger  # type: ignore[import-not-found]
from pipecat.frames.frames import EndFrame, Frame, InputAudioRawFrame  # type: ignore[import-not-found]
from pipecat.pipeline.pipeline import Pipeline  # type: ignore[import-not-found]
from pipecat.pipeline.worker import PipelineParams, PipelineWorker  # type: ignore[import-not-found]
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor  # type: ignore[import-not-found]
from pipecat.workers.runner import WorkerRunner  # type: ignore[import-not-found]

from benchmarks.rounds import answer_async

PROCESSORS = 6
FRAME_MS, RATE_HZ = 20, 16_000
FRAME = bytes(FRAME_MS * RATE_HZ // 1000 * 2)
BURST = 50


class Pass(FrameProcessor):  # type: ignore[misc]
    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        await self.push_frame(frame, direction)


class Last(Pass):
    def __init__(self) -> None:
        super().__init__()
        self.frames = 0

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        self.frames += isinstance(frame, InputAudioRawFrame)
        await super().process_frame(frame, direction)


async def measure(request: dict[str, Any]) -> dict[str, Any]:
    frames, last, started = request["frames"], Last(), asyncio.Event()
    pipeline = Pipeline([*(Pass() for _ in range(PROCESSORS - 1)), last])
    worker = PipelineWorker(pipeline, cancel_on_idle_timeout=False, enable_rtvi=False, params=PipelineParams())

    @worker.event_handler("on_pipeline_started")  # type: ignore[untyped-decorator]
    async def _(*_: object) -> None:
        started.set()

    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    running = asyncio.create_task(runner.run())
    await started.wait()
    began = time.process_time()
    for number in range(frames):
        await worker.queue_frame(InputAudioRawFrame(audio=FRAME, sample_rate=RATE_HZ, num_channels=1))
        if number % BURST == 0:
            await asyncio.sleep(0)
    while last.frames < frames:  # noqa: ASYNC110 - it looks in from outside
        await asyncio.sleep(0.005)
    spent = (time.process_time() - began) * 1000
    await worker.queue_frame(EndFrame())
    await running
    return {"ms": spent / (frames * FRAME_MS / 1000)}


if __name__ == "__main__":
    logger.remove()
    answer_async(measure)
