"""What a person may type: names, arguments, help. The work is imported when it is asked for, so that help is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Case = Annotated[str, typer.Argument(help="id or file of a case")]
Json = Annotated[bool, typer.Option("--json", help="print JSON")]


def up(
    port: Annotated[int | None, typer.Option(help="port to listen on; 0 takes a free one")] = None,
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    data: Annotated[Path | None, typer.Option(help="folder for the database and the token")] = None,
    browser: Annotated[bool, typer.Option(help="open the page in the browser")] = True,
    behind_proxy: Annotated[bool, typer.Option("--behind-proxy", help="a proxy in front does TLS")] = False,
    allow_insecure_host: Annotated[
        bool, typer.Option("--allow-insecure-host", help="other machines may connect without TLS")
    ] = False,
) -> None:
    """Start the service on this machine and print the link that signs you in."""
    from server.cli import serving

    flags = {"behind_proxy": behind_proxy or None, "allow_insecure_host": allow_insecure_host or None}
    serving.up({"port": port, "host": host, "data_dir": data, **flags}, browser=browser)


def doctor() -> None:
    """Say which engine each part has and why, which models are here, which could be used, and what is not in order."""
    from server.cli import doctor as examining

    raise typer.Exit(0 if examining.doctor() else 1)


def pull(
    kind: Annotated[
        Literal["hearing", "voice", "speaking"] | None,
        typer.Argument(help="what to fetch; speaking is another name of voice"),
    ] = None,
    name: Annotated[
        str | None, typer.Argument(help="hearing: small, turbo … or ORG/REPO; voice: en_GB-alba-medium …")
    ] = None,
) -> None:
    """Fetch a model for hearing or a voice for speaking; alone: what is here, and what would suit this machine."""
    from server.cli import pulling

    if kind is None:
        pulling.overview()
    elif name is None:
        raise typer.BadParameter("say which one; `bedside pull` lists names", param_hint="name")
    elif not pulling.pull("voice" if kind == "speaking" else kind, name):
        raise typer.Exit(130)


def check(
    files: Annotated[list[Path] | None, typer.Argument(help="cases and rubrics; none: all of the library")] = None,
) -> None:
    """Read cases and rubrics and say everything that is wrong, with file, line and key. Exit 1 on any error."""
    from server.cli import checking

    raise typer.Exit(1 if checking.check(files or []) else 0)


def talk(
    case: Case,
    portrayal: Annotated[Literal["teaching", "assessment"], typer.Option(help="how the patient plays")] = "teaching",
    variant: Annotated[str, typer.Option(help="play this variant of the case")] = "",
) -> None:
    """Meet a patient by typing, in this terminal. Ctrl-C ends the encounter; again, it leaves at once."""
    from server.cli import talking

    if not talking.talk(case, portrayal, variant):
        raise typer.Exit(130)


def rehearse(
    case: Case,
    learner: Annotated[
        Literal["skilled", "average", "poor"], typer.Option("--learner", "--nurse", help="which authored learner")
    ] = "skilled",
    voice: Annotated[bool, typer.Option("--voice", help="speak it into the real hearing path")] = False,
    wav: Annotated[Path | None, typer.Option(help="with --voice: keep what was audible in this file")] = None,
    log: Annotated[Path | None, typer.Option(help="with --voice: write every event and decision to this file")] = None,
    cut_in: Annotated[int, typer.Option(help="with --voice: every so many lines, begin one over the patient's")] = 0,
    murmur: Annotated[bool, typer.Option("--murmur", help='with --cut-in: say "yeah" under their words first')] = False,
    as_json: Json = False,
) -> None:
    """Let the case's authored learner play it, and see what it earns."""
    from server.cli import playing
    from server.cli.manner import Manner

    manner = Manner(cut_in, murmur)
    found = playing.rehearse_aloud(case, learner, manner, wav, log) if voice else playing.rehearse(case, learner)
    playing.tell(*found, as_json=as_json)


def prove(
    cases: Annotated[list[str] | None, typer.Argument(help="ids or files of cases")] = None,
    whole_shelf: Annotated[bool, typer.Option("--all", help="every case of the library, with totals")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="each attack once and no variants, as the tests run it")
    ] = False,
    actor: Annotated[
        Literal["scripted", "model"],
        typer.Option(help="who phrases the replies under attack; model: the settings' one"),
    ] = "scripted",
    model: Annotated[str, typer.Option(help="with --actor model: another model at the same address")] = "",
    as_json: Json = False,
    html: Annotated[Path | None, typer.Option(help="write the report as a page to this file")] = None,
) -> None:
    """Attack a case, question it, rehearse it, and say what does not hold. Exit 1 when a threshold is missed."""
    from server.cli import proving

    chosen = (model or proving.CONFIGURED) if actor == "model" or model else ""
    proved = proving.prove(cases or [], whole_shelf=whole_shelf, quick=quick, as_json=as_json, html=html, model=chosen)
    raise typer.Exit(0 if proved else 1)


def replay(
    encounter: Annotated[str, typer.Argument(help="id of a stored encounter, or a recorded log file")],
    as_json: Json = False,
) -> None:
    """Fold a stored log again and show the encounter it describes."""
    from server.cli import playing

    playing.tell(*playing.replay(encounter), as_json=as_json)


def score(
    file: Annotated[Path, typer.Argument(help="text with lines `Nurse: …` and `Patient: …`; or .json, .vtt, .srt")],
    rubric: Annotated[str, typer.Option(help="id of a rubric")] = "nursing-empathy",
    learner: Annotated[
        str,
        typer.Option(
            help="the learner's label in the file; else the first of "
            "nurse, student, learner, doctor, clinician, supporter"
        ),
    ] = "",
    rater: Annotated[
        Literal["rules", "model"], typer.Option(help="who looks for evidence; the model is that of BEDSIDE_RATING_URL")
    ] = "rules",
    as_json: Json = False,
) -> None:
    """Score a transcript of people; nothing is kept. Opportunities are proposed, not authored, and marked as such."""
    from server.cli import scoring

    scoring.score(file, rubric, learner, rater, as_json=as_json)


Page = Annotated[Path, typer.Option(help="the page to write: FILE.pdf or FILE.html")]


def report(
    encounter: Annotated[str, typer.Argument(help="id of a stored encounter, or a recorded log file")],
    out: Page = Path("report.pdf"),
    for_whom: Annotated[str, typer.Option(help="a name for its head; else nobody is named")] = "",
) -> None:
    """Write the report of an encounter to print or keep: readable in black and white."""
    from server.cli import reporting

    typer.echo(f"Wrote {reporting.report(encounter, out, for_whom)}.")


def cohort(case: Case, out: Page = Path("cohort.pdf")) -> None:
    """Write how all scored encounters of a case went: spread of levels, moments met and passed by; nobody is named."""
    from server.cli import reporting

    typer.echo(f"Wrote {reporting.cohort_report(case, out)}.")


def calibrate(
    marks: Annotated[
        Path | None, typer.Argument(help="CSV or JSON: transcript, rater, dimension, level (at, round, group)")
    ] = None,
    rubric: Annotated[str, typer.Option(help="id of the rubric that was marked on")] = "nursing-empathy",
    transcripts: Annotated[
        Path | None, typer.Option(help="folder of the transcripts, each file named as in the marks: drafts them beside")
    ] = None,
    encounters: Annotated[
        bool, typer.Option("--encounters", help="instead of a file: encounters here that two people marked blind")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="folder for report.html and report.json")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="let drafts follow the decisions from now on")] = False,
    by: Annotated[str, typer.Option(help="with --apply: your name, to stand beside it")] = "",
    recalibrate: Annotated[bool, typer.Option(help="take recalibrations that help")] = True,
    names: Annotated[bool, typer.Option(help="call raters by their names")] = True,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="let drafts of the rubric be as they were")] = False,
    as_json: Json = False,
) -> None:
    """Compare drafts with your own faculty's marks; alone: say which calibration is in force."""
    from server.cli import calibrating

    if withdraw:
        calibrating.withdraw(rubric)
    elif marks is None and not encounters:
        calibrating.in_force()
    else:
        asked = calibrating.Wanted(marks, rubric, transcripts, encounters, out, apply, by, recalibrate, names, as_json)
        calibrating.calibrate(asked)


def upgrade(
    files: Annotated[list[Path], typer.Argument(help="cases, or folders of cases")],
    check: Annotated[bool, typer.Option("--check", help="change nothing; exit 1 when a file would change")] = False,
) -> None:
    """Bring cases written for an earlier schema to the newest, comments and order kept. Exit 1 when one is refused."""
    from server.cli import upgrading

    raise typer.Exit(0 if upgrading.upgrade(files, check_only=check) else 1)


def backup(
    file: Annotated[Path | None, typer.Argument(help="where to; none: a dated name in this folder")] = None,
) -> None:
    """Write everything of this installation but models and the token to one file, also while the service runs."""
    from server.cli import backing_up

    backing_up.backup(file)


def restore(
    file: Annotated[Path, typer.Argument(help="a file that `bedside backup` wrote")],
    data: Annotated[Path | None, typer.Option(help="put it into this folder, and what is there aside")] = None,
    check: Annotated[bool, typer.Option("--check", help="only say whether the file is whole")] = False,
) -> None:
    """Put a backup back, with the service stopped. Everything is checked first; what was there is kept beside it."""
    from server.cli import backing_up

    backing_up.restore_from(file, data, check)


def verify_audit() -> None:
    """Say whether a row of the audit log was changed or taken out. Exit 1 when one was."""
    from server.cli import auditing

    raise typer.Exit(0 if auditing.verify_audit() else 1)


def schema() -> None:
    """Write the JSON Schemas that editors complete from."""
    from server.cli import checking

    checking.schema()


COMMANDS = (
    up, doctor, pull, check, talk, rehearse, prove, replay, score, report, cohort, calibrate, upgrade,
    backup, restore, verify_audit, schema,
)  # fmt: skip
"""In the order of the help."""
