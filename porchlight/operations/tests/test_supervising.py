"""Workers are forked before any connection is open."""

import pytest
from django.db import connection

from porchlight.operations.supervising import Job, fork


@pytest.mark.django_db
def test_with_a_connection_open_nothing_is_forked():
    connection.ensure_connection()
    with pytest.raises(RuntimeError, match="connection is open before the fork: default"):
        fork(Job("Worker", lambda: None))
