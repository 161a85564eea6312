<?php
// What the PHP programs share: a line for each check, and the way of every value there and back.

const ODD = "Zo\u{eb} & <Bob> ]]> \u{1F600}";

/** The client cannot do it, for the reason given. */
class Impossible extends Exception
{
}

function say(string $check, string $status, string $note = ''): void
{
    echo $check, "\t", $status, "\t", preg_replace('/\s+/', ' ', $note), "\n";
}

/** Runs one check: it fails by an exception, and what it returns is told. */
function check(string $name, callable $step): void
{
    try {
        say($name, 'ok', (string) $step());
    } catch (Impossible $reason) {
        say($name, 'impossible', $reason->getMessage());
    } catch (Throwable $reason) {
        say($name, 'wrong', get_class($reason) . ': ' . $reason->getMessage());
    }
}

function expect(mixed $value, mixed $wanted): void
{
    if ($value !== $wanted) {
        throw new Exception(var_export($value, true) . ' is not ' . var_export($wanted, true));
    }
}

/** Gets every value and sends it back; the server says what it makes of it. */
function values(callable $get, callable $put): void
{
    foreach (explode(' ', getenv('POLYWIRE_VALUES')) as $value) {
        [$kind, $name] = explode('.', $value);
        check($value, function () use ($kind, $name, $get, $put) {
            $said = $put($kind, $name, $get($kind, $name));
            if ($said !== 'exact' && $said !== 'loss') {
                throw new Exception((string) $said);
            }
        });
    }
}
