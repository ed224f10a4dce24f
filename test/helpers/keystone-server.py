"""Keystone on loopback, in a folder of its own: sets it up with SQLite, serves it, and prints its port."""
import os
import subprocess
import sys

folder, password = sys.argv[1:]
settings = os.path.join(folder, "keystone.conf")
with open(settings, "w") as file:
    file.write(
        f"""
[DEFAULT]
log_file = {folder}/keystone.log
[database]
connection = sqlite:///{folder}/keystone.db
[auth]
methods = password,token,application_credential,totp
[fernet_tokens]
key_repository = {folder}/tokens
[fernet_receipts]
key_repository = {folder}/receipts
[credential]
key_repository = {folder}/credentials
[security_compliance]
lockout_failure_attempts = 3
lockout_duration = 3600
"""
    )

manage = [sys.executable, "-c", "from keystone.cmd.manage import main; main()", "--config-file", settings]
user, group = ["--keystone-user", str(os.getuid())], ["--keystone-group", str(os.getgid())]
for name in ("tokens", "receipts", "credentials"):
    os.mkdir(os.path.join(folder, name), 0o700)
for arguments in (
    ["db_sync"],
    ["fernet_setup", *user, *group],
    ["receipt_setup", *user, *group],
    ["credential_setup", *user, *group],
    ["bootstrap", "--bootstrap-password", password],
):
    subprocess.run([*manage, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

os.environ["OS_KEYSTONE_CONFIG_FILES"] = settings
sys.argv = sys.argv[:1]
from keystone.server.wsgi import initialize_public_application  # noqa: E402: reads the settings
from werkzeug.serving import make_server  # noqa: E402

server = make_server("127.0.0.1", 0, initialize_public_application())
print(server.port, flush=True)
server.serve_forever()
