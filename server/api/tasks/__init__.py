"""Long tasks: begun by one request, worked on off the loop, left and come back to.

For whoever adds a kind of task (backup, erasure, retention, a proof):

    from server.api.tasks.kinds import Kind, register
    from server.api.tasks.progress import Progress

    async def run(given: Services, task: Task, progress: Progress) -> dict[str, Any]:
        # returns JSON-ready facts, kept as `task.result`; a `BedsideError` that it raises is kept as why it failed.
        progress(3, 12, "copying the encounters")            # 3 of 12 steps; costs nothing, from any thread
        made = await progress.in_thread(copy, path)          # copy(tell, path), in a thread; tell(3, 12, "...")
        made = await progress.apart(prove_all, case)         # prove_all(tell, case): a module's own function, in a
        return {"file": path.name}                           # process of low priority; arguments and value pickle

    async def allow(given: Services, person: Person, about: str, asked: Mapping[str, Any]) -> str:
        # May this person do this? Raises NotFound, NotAllowed, Conflict, RequestError; returns the title for people.
        return "Back up this installation"

    register("backup", Kind(run, allow, roles=frozenset({"administrator"}), page="#/house"))

Call `register` where your room's module is read (any module that `server.api.routes` imports). Who may call POST
/api/tasks is everybody with an account; `roles` and `allow` decide about the kind. `asked` holds the other words of the
request ({kind, about, asked}); refuse what you do not know. Heavy kinds (the default) run one at a time in a process.

To begin one from a route of your own: `task = await running.begin(given, person, "backup")`.

Stopping (DELETE /api/tasks/{id}) cancels `run` where it awaits: a process is killed, a thread runs to its end unheard,
so a thread's `tell` raises `Stopped` at its next word. Leave nothing half done. A task that was open when the server
stopped is `stopped`, and its `why` says to begin it again.

In the page: `import { taskProgress } from "../tasks/progress.js"`; `taskProgress({ kind, about, begin: "Back up" })` is
an element with the button, the bar, the words and the link to the result; it finds one that is running already.
"""
