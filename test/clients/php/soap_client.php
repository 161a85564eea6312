<?php
/** ext-soap: soap_client.php URL 1.1|1.2|encoded|none; the last of them works without WSDL. */
declare(strict_types=1);

require __DIR__ . '/report.php';

[, $url, $mode] = $argv;
const XSD = 'http://www.w3.org/2001/XMLSchema';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-';
const TOKEN_PROFILE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#';

/** What a moment is in PHP, and how it is written. */
final class Moment
{
    public static function read(string $xml): DateTimeImmutable
    {
        return new DateTimeImmutable(strip_tags($xml));
    }

    public static function write(DateTimeImmutable $moment): string
    {
        return '<dateTime>' . $moment->format(DATE_RFC3339_EXTENDED) . '</dateTime>';
    }
}

/** The error object of test.fail. */
final class TestRefused extends stdClass {}

function client(array $more = []): SoapClient
{
    global $url, $mode;
    $wsdl = ['1.1' => '?wsdl', '1.2' => '?wsdl=1.2', 'encoded' => '?wsdl=encoded', 'none' => null][$mode];
    $moments = ['type_ns' => XSD, 'type_name' => 'dateTime', 'from_xml' => Moment::read(...), 'to_xml' => Moment::write(...)];
    return new SoapClient($wsdl === null ? null : "$url/soap$wsdl", $more + [
        'soap_version' => $mode === '1.2' ? SOAP_1_2 : SOAP_1_1,
        'cache_wsdl' => WSDL_CACHE_NONE,
        'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
        // the element that to_xml makes gets its name from PHP in document/literal only
        'typemap' => $mode === '1.1' || $mode === '1.2' ? [$moments] : [],
        'classmap' => ['TestRefusedFault' => TestRefused::class],
    ] + ($wsdl === null ? ['location' => "$url/soap", 'uri' => 'urn:polywire'] : []));
}

$client = client();
$literal = $mode === '1.1' || $mode === '1.2';

/** Document/literal takes one struct of all parameters; the others take them one by one. */
function call(string $operation, array $params = [], ?SoapClient $with = null): mixed
{
    global $client, $literal;
    $answer = ($with ?? $client)->__soapCall($operation, $literal ? [$params] : array_values($params));
    return $literal ? $answer->result ?? null : $answer;
}

function fault(string $operation, array $params): SoapFault
{
    try {
        call($operation, $params);
    } catch (SoapFault $fault) {
        return $fault;
    }
    throw new UnexpectedValueException('there was no fault');
}

/** The error object: rpc/encoded says its type, which PHP then tells beside it. */
function detail(string $operation, array $params, string $element): object
{
    $error = fault($operation, $params)->detail->$element;
    return $error instanceof SoapVar ? $error->enc_value : $error;
}

function told(object $error, bool $typed): string
{
    $numbers = $typed ? '' : ', numbers as text: PHP reads a detail without its schema';
    return 'SoapFault, its detail an object of ' . $error::class . $numbers;
}

function get(string $kind, string $name): mixed
{
    global $literal;
    $value = call("edges_get_$kind", ['name' => $name]);
    return match (true) {
        $kind === 'map' => array_column($literal ? $value->entry ?? [] : $value, 'value', 'key'),
        $literal && in_array($kind, ['list', 'records'], true) => $value->item ?? [],
        !$literal && $kind === 'datetime' => new DateTimeImmutable($value),
        default => $value,
    };
}

function put(string $kind, string $name, mixed $value): string
{
    global $literal, $mode;
    $entry = fn (string $key): array => ['key' => $key, 'value' => $value[$key]];
    $value = match (true) {
        $kind === 'map' && $mode !== 'none' => $literal ? ['entry' => array_map($entry, array_keys($value))] : array_map($entry, array_keys($value)),
        $literal && is_array($value) => ['item' => $value],
        // without WSDL PHP takes types from values, so that others than its own are named
        $mode === 'none' && $kind === 'bytes' => new SoapVar($value, XSD_BASE64BINARY),
        $mode === 'none' && $kind === 'datetime' => new SoapVar($value->format(DATE_RFC3339_EXTENDED), XSD_DATETIME),
        $mode === 'encoded' && $kind === 'datetime' => $value->format(DATE_RFC3339_EXTENDED),
        default => $value,
    };
    return call("edges_put_$kind", ['name' => $name, 'value' => $value]);
}

function token(): void
{
    $bearer = 'Authorization: Bearer ' . getenv('POLYWIRE_TOKEN');
    $known = client(['stream_context' => stream_context_create(['http' => ['header' => $bearer]])]);
    expect(call('edges_who', [], $known), 'ana');
}

function wsse(bool $digest): void
{
    $user = getenv('POLYWIRE_USER');
    $password = getenv('POLYWIRE_PASSWORD');
    $nonce = random_bytes(16);
    $created = gmdate('Y-m-d\TH:i:s\Z');
    $type = TOKEN_PROFILE . ($digest ? 'PasswordDigest' : 'PasswordText');
    $proof = $digest ? base64_encode(sha1($nonce . $created . $password, true)) : htmlspecialchars($password);
    $once = $digest ? '<wsse:Nonce>' . base64_encode($nonce) . "</wsse:Nonce><wsu:Created>$created</wsu:Created>" : '';
    $xml = '<wsse:Security xmlns:wsse="' . WSSE . 'secext-1.0.xsd" xmlns:wsu="' . WSSE . 'utility-1.0.xsd"><wsse:UsernameToken>' .
        "<wsse:Username>$user</wsse:Username><wsse:Password Type=\"$type\">$proof</wsse:Password>$once</wsse:UsernameToken></wsse:Security>";
    $known = client();
    $known->__setSoapHeaders(new SoapHeader(WSSE . 'secext-1.0.xsd', 'Security', new SoapVar($xml, XSD_ANYXML), true));
    expect(call('edges_who', [], $known), 'ana');
}

check('echo', fn () => expect(call('test_echo', ['string' => ODD]), ODD));
values(get(...), put(...));
check('list-of-one', fn () => expect(get('list', 'one'), ['only']));
check('default.absent', fn () => expect(call('edges_put_default', ['name' => 'absent']), 'exact'));
check('nothing', fn () => expect(call('edges_nothing'), null));
check('fault.declared', function (): string {
    $error = detail('test_fail', ['reason' => ODD], 'TestRefusedFault');
    expect([$error->code, $error->data->reason, (int) $error->data->attempts], ['test-refused', ODD, 3]);
    return told($error, is_int($error->data->attempts));
});
check('fault.params', function (): string {
    $error = detail('test_greet', ['name' => ''], 'PolywireFault');
    $issues = $error->issues->item ?? $error->issues;
    $issue = is_array($issues) ? $issues[0] : $issues;
    expect([$error->code, $issue->path], ['invalid-params', 'name']);
    return told($error, true);
});
check('token', token(...));
check('wsse.text', fn () => wsse(false));
check('wsse.digest', fn () => wsse(true));
