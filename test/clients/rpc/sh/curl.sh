#!/bin/sh
# curl, with jq for JSON: curl.sh URL
set -u
url=$1/rest
# printf's octals are Zoë & <Bob> ]]> and a face, in UTF-8
odd=$(printf 'Zo\303\253 & <Bob> ]]> \360\237\230\200')
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

say() {
    printf '%s\t%s\t%s\n' "$1" "$2" "$(printf %s "${3-}" | tr -s '\n\t' '  ')"
}

# check NAME WANTED GOT [NOTE]
check() {
    if [ "$3" = "$2" ]; then say "$1" ok "${4-}"; else say "$1" wrong "it is $3, not $2"; fi
}

# read_ FUNCTION FIELD=TEXT …: calls by GET, the parameters in the query
read_() {
    name=$1
    shift
    for field; do
        shift
        set -- "$@" --data-urlencode "$field"
    done
    curl -sS --get "$@" "$url/$name"
}

# write_ FUNCTION OPTION …: calls by POST, with curl's own options for the body
write_() {
    name=$1
    shift
    curl -sS -X POST "$@" "$url/$name"
}

result() { jq -r .result; }

# A list, a dictionary or an object goes as JSON.
put_json() {
    value=$(jq -c .result "$folder/got")
    jq -cn --arg name "$2" --argjson value "$value" '{name: $name, value: $value}' |
        write_ "edges.put_$1" -H 'Content-Type: application/json' -d @-
}

# Bytes go as a file, as a form in a browser sends one.
put_file() {
    result <"$folder/got" | base64 -d >"$folder/bytes"
    write_ "edges.put_$1" -F "name=$2" -F "value=@$folder/bytes"
}

# All else goes as a field of a form.
put_field() {
    value=$(result <"$folder/got")
    write_ "edges.put_$1" --data-urlencode "name=$2" --data-urlencode "value=$value"
}

put() {
    case $1 in
    bytes) put_file "$@" ;;
    list | map | object | json | nullable | optional | records) put_json "$@" ;;
    *) put_field "$@" ;;
    esac
}

check echo "$odd" "$(read_ test.echo "string=$odd" | result)"
for value in $POLYWIRE_VALUES; do
    kind=${value%%.*}
    named=${value#*.}
    read_ "edges.get_$kind" "name=$named" >"$folder/got"
    said=$(put "$kind" "$named")
    check "$value" '"exact"' "$(printf %s "$said" | jq -c '.result // .error')"
done
check list-of-one '["only"]' "$(read_ edges.get_list name=one | jq -c .result)"
check default.absent exact "$(write_ edges.put_default -d name=absent | result)"
check nothing ok:null "$(write_ edges.nothing -d '' | jq -r '"\(.status):\(.result)"')"

# With --fail-with-body a fault ends curl with 22 and its body is still there.
error=$(curl -sS --fail-with-body --get --data-urlencode "reason=$odd" "$url/test.fail")
code=$?
check fault.declared "22 test-refused $odd 3" \
    "$code $(printf %s "$error" | jq -r '.error | "\(.code) \(.data.reason) \(.data.attempts)"')" \
    'exit status 22 of --fail-with-body, the error object in the body'
check fault.params name "$(read_ test.greet name= | jq -r '.error.issues[0].path')" 'the path in the body'
check token ana "$(curl -sS -H "Authorization: Bearer $POLYWIRE_TOKEN" "$url/edges.who" | result)"
