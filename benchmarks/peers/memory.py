"""Memory of idle pipecat pipelines: six processors and a voice detector each, started. No transport, no engine."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

from loguru import logger  # type: ignore[import-not-found]
from pipecat.audio.vad.silero import SileroVADAnalyzer  # type: ignore[import-not-found]
from pipecat.pipeline.pipeline import Pipeline  # type: ignore[import-not-found]
from pipecat.pipeline.worker import PipelineParams, PipelineWorker  # type: ignore[import-not-found]
from pipecat.processors.audio.vad_processor import VADProcessor  # type: ignore[import-not-found]
from pipecat.workers.runner import WorkerRunner  # type: ignore[import-not-found]

from benchmarks.peers.orchestration import PROCESSORS, Pass
from benchmarks.rounds import answer_async, rss_mib

KEPT: list[object] = []


async def measure(request: dict[str, Any]) -> dict[str, Any]:
    gc.collect()
    before = rss_mib()
    for _ in range(request["meetings"]):
        await start()
    gc.collect()
    return {"mib": (rss_mib() - before) / request["meetings"]}


async def start() -> None:
    analyzer, started = SileroVADAnalyzer(sample_rate=16_000), asyncio.Event()
    pipeline = Pipeline([VADProcessor(vad_analyzer=analyzer), *(Pass() for _ in range(PROCESSORS - 1))])
    worker = PipelineWorker(pipeline, cancel_on_idle_timeout=False, enable_rtvi=False, params=PipelineParams())

    @worker.event_handler("on_pipeline_started")  # type: ignore[untyped-decorator]
    async def _(*_: object) -> None:
        started.set()

    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    KEPT.extend((asyncio.create_task(runner.run()), runner, worker))
    await started.wait()


if __name__ == "__main__":
    logger.remove()
    answer_async(measure)
