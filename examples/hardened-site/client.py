"""Signed SOAP calls with nothing but Python's standard library: RFC 9421 with hmac-sha256, RFC 9530."""

import base64, hashlib, hmac, os, re, secrets, sys, time
import urllib.error, urllib.parse, urllib.request
from xml.sax.saxutils import escape

URL = os.environ.get("POLYWIRE_URL", "http://127.0.0.1:8080/soap")
KEY_ID, SECRET = os.environ["KEY_ID"], os.environ["POLYWIRE_KEY_SECRET"]


def envelope(function, **parameters):
    inner = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in parameters.items())
    return (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>'
        f'<p:{function} xmlns:p="urn:polywire">{inner}</p:{function}></e:Body></e:Envelope>'
    ).encode()


def signed(body):
    url = urllib.parse.urlsplit(URL)
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    headers = {"Content-Type": "text/xml; charset=utf-8", "Content-Digest": f"sha-256=:{digest}:"}
    covered = {
        "@method": "POST",
        "@authority": url.netloc,
        "@path": url.path,
        "@query": "?" + url.query,
        "content-digest": headers["Content-Digest"],
        "content-type": headers["Content-Type"],
    }
    names = " ".join(f'"{name}"' for name in covered)
    params = f'({names});created={int(time.time())};keyid="{KEY_ID}";nonce="{secrets.token_hex(16)}"'
    base = "".join(f'"{name}": {value}\n' for name, value in covered.items()) + f'"@signature-params": {params}'
    mac = base64.b64encode(hmac.new(SECRET.encode(), base.encode(), hashlib.sha256).digest()).decode()
    return {**headers, "Signature-Input": f"sig1={params}", "Signature": f"sig1=:{mac}:"}


def send(body, headers):
    try:
        answer = urllib.request.urlopen(urllib.request.Request(URL, body, headers))
    except urllib.error.HTTPError as fault:  # SOAP 1.1 faults come with HTTP 500
        answer = fault
    return answer.read().decode()


body = envelope("orders_find", item="tea")
headers = signed(body)
for attempt in range(2 if "--twice" in sys.argv else 1):
    answer = send(body, headers)
    print(re.findall(r"<(item|amount|state|code|message)>([^<]+)<", answer))
