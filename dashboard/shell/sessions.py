"""Sessions whose page is closed: Streamlit keeps them for a while, should the reader return."""

from __future__ import annotations

from streamlit.runtime import Runtime


def close_idle() -> bool:
    """Close the session that has been without a page for longest.

    Returns
    -------
    bool
        False where no session is without a page.
    """
    # Streamlit lists its sessions nowhere in public; a test asks for what this is for, that their
    # descriptors come back. Without that list, whoever comes is refused a little sooner.
    runtime = Runtime.instance()
    try:
        manager = runtime._session_mgr
        active = {info.session.id for info in manager.list_active_sessions()}
        idle = [info.session for info in manager.list_sessions() if info.session.id not in active]
        # Those whose time is up are kept too, until the next page is closed, and listed no more.
        storage = manager._session_storage  # type: ignore[attr-defined]
        expired = [info.session for _, info in storage._cache.expire()]
    except AttributeError:
        return False
    for session in expired:
        session.shutdown()
    for session in idle[:1]:
        runtime.close_session(session.id)
    return bool(expired or idle)
