#!/bin/sh
# JSON-RPC 2.0 with curl: a call, and a batch of two
url=${POLYWIRE_URL:-http://127.0.0.1:8080}/jsonrpc

curl -sS -H 'Content-Type: application/json' "$url" -d '{"jsonrpc":"2.0","method":"test.greet","params":{"name":"Ana"},"id":1}'
echo
curl -sS -H 'Content-Type: application/json' "$url" -d '[
  {"jsonrpc":"2.0","method":"test.add","params":[2,3],"id":"by place"},
  {"jsonrpc":"2.0","method":"test.add","params":{"a":2147483647,"b":1},"id":"by name"}
]'
echo
