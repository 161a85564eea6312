#!/bin/sh
# REST with curl: by query, by JSON, by form; the last one is refused and says why
url=${POLYWIRE_URL:-http://127.0.0.1:8080}/rest

curl -sS "$url/test.greet?name=Ana"
echo
curl -sS -H 'Content-Type: application/json' -d '{"name":"Ana","greeting":"Olá"}' "$url/test.greet"
echo
curl -sS -d name=Ana -d greeting=Hi "$url/test.greet"
echo
curl -sS "$url/test.greet?name="
echo
