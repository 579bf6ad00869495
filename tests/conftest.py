from pathlib import Path

import pytest

import logframe

ROOT = Path(__file__).parent.parent
IOM = ROOT / "plans" / "iom-venezuela-2018.toml"

TINY = """\
format = 1

[plan]
id = "tiny"
title = "Tiny"
currency = "USD"
printed = { unit = 1 }

[[head]]
id = "field"
title = "Field work"

[[head]]
id = "staff"
title = "Staff"

[[office]]
id = "north"
name = "North"

[budget]
north = { field = 1_250, staff = 0 }

[[declared]]
where = "table"
total = 1_250
"""


@pytest.fixture(scope="session")
def iom() -> logframe.Plan:
    return logframe.load(IOM)


@pytest.fixture
def tiny() -> logframe.Plan:
    return logframe.loads(TINY, name="tiny.toml")
