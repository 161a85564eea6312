<?php
// ext-curl and ext-json, over REST
require 'report.php';

/** The error object of an answer, with its HTTP status as the code. */
final class Refusal extends Exception
{
    public function __construct(public readonly int $status, public readonly stdClass $error)
    {
        parent::__construct($error->message, $status);
    }
}

/** Calls a function: by GET with the parameters in the query, or by POST with them as JSON. */
function call(string $method, string $name, array $params, array $headers = []): mixed
{
    global $argv;
    $query = $method === 'GET' && $params !== [] ? '?' . http_build_query($params) : '';
    $curl = curl_init("$argv[1]/rest/$name$query");
    curl_setopt_array($curl, [CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => $headers]);
    if ($method === 'POST') {
        $flags = JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION;
        curl_setopt($curl, CURLOPT_POSTFIELDS, json_encode((object) $params, $flags));
        curl_setopt($curl, CURLOPT_HTTPHEADER, ['Content-Type: application/json', ...$headers]);
    }
    $body = json_decode(curl_exec($curl), flags: JSON_THROW_ON_ERROR);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    return $status === 200 ? $body->result : throw new Refusal($status, $body->error);
}

/** What JSON has no type for, as PHP has it. */
function native(string $kind, mixed $value): mixed
{
    return match ($kind) {
        'int64' => (int) $value,
        'date', 'datetime' => new DateTimeImmutable($value),
        'bytes' => base64_decode($value, true),
        default => $value,
    };
}

/** And back. */
function back(string $kind, mixed $value): mixed
{
    return match ($kind) {
        'int64' => (string) $value,
        'date' => $value->format('Y-m-d'),
        'datetime' => $value->format(DateTimeInterface::RFC3339_EXTENDED),
        'bytes' => base64_encode($value),
        default => $value,
    };
}

function fault(string $name, array $params): Refusal
{
    try {
        call('GET', $name, $params);
    } catch (Refusal $refusal) {
        return $refusal;
    }
    throw new Exception('there was no fault');
}

check('echo', fn() => expect(call('GET', 'test.echo', ['string' => ODD]), ODD));
values(
    fn($kind, $name) => native($kind, call('GET', "edges.get_$kind", ['name' => $name])),
    fn($kind, $name, $value) => call('POST', "edges.put_$kind", ['name' => $name, 'value' => back($kind, $value)]),
);
check('list-of-one', fn() => expect(call('GET', 'edges.get_list', ['name' => 'one']), ['only']));
check('default.absent', fn() => expect(call('POST', 'edges.put_default', ['name' => 'absent']), 'exact'));
check('nothing', fn() => expect(call('POST', 'edges.nothing', []), null));
check('fault.declared', function () {
    ['status' => $status, 'error' => $error] = get_object_vars(fault('test.fail', ['reason' => ODD]));
    expect([$status, $error->code, (array) $error->data], [409, 'test-refused', ['reason' => ODD, 'attempts' => 3]]);
    return 'status 409, reason and attempts in the body';
});
check('fault.params', function () {
    $refusal = fault('test.greet', ['name' => '']);
    expect([$refusal->status, $refusal->error->issues[0]->path], [400, 'name']);
    return 'status 400, the path in the body';
});
check('token', fn() => expect(call('GET', 'edges.who', [], ['Authorization: Bearer ' . getenv('POLYWIRE_TOKEN')]), 'ana'));
