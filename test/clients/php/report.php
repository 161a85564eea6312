<?php
/** What the PHP programs share: the names of the values, and a line for each check. */
declare(strict_types=1);

const ODD = "Zo\u{eb} & <Bob> ]]> \u{1F600}";

final class Impossible extends Exception {}

// what PHP would only warn of ends the check
set_error_handler(function (int $level, string $message): never {
    throw new ErrorException($message, 0, $level);
});

function say(string $name, string $status, string $note = ''): void
{
    echo $name, "\t", $status, "\t", preg_replace('/\s+/', ' ', $note), "\n";
}

/** Runs one check: it fails by an exception, and what it returns is told. */
function check(string $name, callable $step): void
{
    try {
        say($name, 'ok', $step() ?? '');
    } catch (Impossible $reason) {
        say($name, 'impossible', $reason->getMessage());
    } catch (Throwable $reason) {
        say($name, 'wrong', $reason::class . ': ' . $reason->getMessage());
    }
}

function expect(mixed $value, mixed $wanted): void
{
    if ($value !== $wanted) {
        throw new UnexpectedValueException(var_export($value, true) . ' is not ' . var_export($wanted, true));
    }
}

/** Gets every value and sends it back; the server says what it makes of it. */
function values(callable $get, callable $put): void
{
    foreach (explode(' ', getenv('POLYWIRE_VALUES')) as $both) {
        [$kind, $name] = explode('.', $both);
        check($both, function () use ($get, $put, $kind, $name): void {
            $said = $put($kind, $name, $get($kind, $name));
            if ($said !== 'exact' && $said !== 'loss') {
                throw new UnexpectedValueException($said);
            }
        });
    }
}
