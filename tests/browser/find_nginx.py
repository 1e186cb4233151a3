"""Find an nginx for the test of a balancer; with ``--install``, install Debian's where it may be.

In this order: the environment variable ``NGINX``, one on the PATH, one where Debian puts it. Where
there is none the test is skipped: nobody needs nginx to run or to change the app.
"""

import os
import shutil
import subprocess
import sys

PLACES = ("nginx", "/usr/sbin/nginx")


def find() -> str | None:
    """Path of an nginx, or None."""
    if asked := os.environ.get("NGINX"):
        return shutil.which(asked)
    return next((found for place in PLACES if (found := shutil.which(place))), None)


def install() -> str | None:
    """Install Debian's smallest where this is root on a machine with apt-get; its path, or None."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing nginx from Debian's packages …", flush=True)
    # Installed, it would be started at once, and take port 80.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    get = ["apt-get", "-q", "-y", "-o", "Dpkg::Use-Pty=0"]
    for command in ([*get, "update"], [*get, "install", "--no-install-recommends", "nginx-light"]):
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            print(done.stdout, f"{' '.join(command)}: failed", sep="\n", file=sys.stderr)
    return find()


def main() -> int:
    """Look, install if asked to, and say what there is: without one a test is left out."""
    found = find() or (install() if "--install" in sys.argv[1:] else None)
    if not found:
        print("no nginx: the test of a balancer will be skipped", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
