<?php
// ext-xmlrpc (the extension of PHP 5 and 7, for PHP 8 from PECL), over PHP's own HTTP.
require 'report.php';

final class Fault extends Exception
{
}

function call(string $method, array $params, string $headers = ''): mixed
{
    global $argv;
    $options = ['encoding' => 'utf-8', 'escaping' => 'markup', 'verbosity' => 'no_white_space'];
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => "Content-Type: text/xml\r\n$headers",
        'content' => xmlrpc_encode_request($method, $params, $options),
    ]]);
    $answer = file_get_contents("$argv[1]/xmlrpc", false, $context);
    $value = xmlrpc_decode($answer, 'utf-8');
    if (is_array($value) && xmlrpc_is_fault($value)) {
        throw new Fault($value['faultString'], $value['faultCode']);
    }
    return $value;
}

function fault(string $method, array $params): Fault
{
    try {
        call($method, $params);
    } catch (Fault $fault) {
        return $fault;
    }
    throw new Exception('there was no fault');
}

/** What the extension cannot write, whoever uses it. */
function put(string $kind, string $name, mixed $value): mixed
{
    $said = call("edges.put_$kind", [$name, $value]);
    if ("$kind.$name" === 'float.tiny' && $said !== 'exact') {
        throw new Impossible('ext-xmlrpc writes a float with six places after the point');
    }
    if ($kind === 'json' && $said !== 'exact') {
        throw new Impossible('ext-xmlrpc reads nil as null and writes null as an empty string');
    }
    return $said;
}

check('echo', fn() => expect(call('test.echo', [ODD]), ODD));
values(fn($kind, $name) => call("edges.get_$kind", [$name]), 'put');
check('list-of-one', fn() => expect(call('edges.get_list', ['one']), ['only']));
check('default.absent', fn() => expect(call('edges.put_default', ['absent']), 'exact'));
check('nothing', fn() => expect(call('edges.nothing', []), true));
check('fault.declared', function () {
    $fault = fault('test.fail', [ODD]);
    expect($fault->getCode(), 1002);
    expect(str_starts_with($fault->getMessage(), 'test-refused: The test was refused'), true);
    return 'an array that xmlrpc_is_fault knows, faultCode 1002';
});
check('fault.params', function () {
    $fault = fault('test.greet', ['']);
    expect($fault->getCode(), -32602);
    expect(str_contains($fault->getMessage(), '[name: '), true);
    return 'faultString names the path';
});
check('token', fn() => expect(call('edges.who', [], 'Authorization: Bearer ' . getenv('POLYWIRE_TOKEN')), 'ana'));
