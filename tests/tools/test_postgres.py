"""The PostgreSQL that tests are lent: it answers, on a socket only, and leaves nothing behind."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests import postgres


def test_a_cluster_answers_and_is_gone_afterwards() -> None:
    with postgres.cluster() as url:
        folder = Path(str(make_url(url).query["host"]))
        engine = create_engine(url)
        with engine.connect() as connection:
            assert connection.execute(text("show listen_addresses")).scalar_one() == ""
            assert connection.execute(text("show server_encoding")).scalar_one() == "UTF8"
        engine.dispose()
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_without_the_programs_it_fails_and_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "find_postgres", lambda: None)
    with pytest.raises(postgres.NoPostgres, match=r"apt-get install .* postgresql"), postgres.cluster():
        pass
