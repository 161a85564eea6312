# What the Perl programs share: a line for each check, and the way of every value there and back.
package Report;
use strict;
use warnings;
use utf8;
use Exporter 'import';
our @EXPORT = qw(ODD run typed);

use constant ODD => "Zoë & <Bob> ]]> \x{1F600}";

binmode STDOUT, ':encoding(UTF-8)';
$| = 1;

# A Perl scalar does not know its type: what the values are is written here, as the documentation of the functions has it.
my $course = {
    name => 'string',
    sections => [{ title => 'string', modules => [{ id => 'string', tags => ['string'], marks => { '*' => 'int' } }] }],
};
my $entry = { id => 'int', username => 'string', email => 'string', grade => 'double', active => 'boolean' };
my %types = (
    string => 'string', boolean => 'boolean', int => 'int', int64 => 'string', float => 'double', decimal => 'string',
    date => 'string', datetime => 'dateTime.iso8601', bytes => 'base64', enum => 'string',
    list => ['string'], map => { '*' => 'int' }, object => $course, json => 'json',
    nullable => { id => 'int', note => 'string' }, optional => { id => 'int', label => 'string' }, records => [$entry],
);

# A value with each scalar in it as make->(type, scalar) has it.
sub typed {
    my ($kind, $value, $make) = @_;
    return dress($types{$kind}, $value, $make);
}

sub dress {
    my ($type, $value, $make) = @_;
    return guess($value, $make) if $type eq 'json';
    return [map { dress($type->[0], $_, $make) } @$value] if ref $type eq 'ARRAY';
    return $make->($type, $value) unless ref $type eq 'HASH';
    return { map { $_ => dress($type->{$_} // $type->{'*'}, $value->{$_}, $make) } keys %$value };
}

sub guess {
    my ($value, $make) = @_;
    return [map { guess($_, $make) } @$value] if ref $value eq 'ARRAY';
    return { map { $_ => guess($value->{$_}, $make) } keys %$value } if ref $value eq 'HASH';
    return $make->('nil') unless defined $value;
    return $make->($value =~ /^-?\d+$/ ? 'int' : 'string', $value);
}

sub line {
    my ($check, $status, $note) = @_;
    $note =~ s/\s+/ /g;
    print join("\t", $check, $status, $note), "\n";
}

# Runs one check: it fails by dying, and what it returns is told.
sub check {
    my ($name, $step) = @_;
    my $note = eval { $step->() // '' };
    defined $note ? line($name, 'ok', $note) : line($name, 'wrong', "$@");
}

sub expect {
    my ($value, $wanted) = @_;
    die(($value // 'undef') . " is not $wanted\n") unless defined $value && $value eq $wanted;
    return;
}

# Runs every check of XML-RPC. call->(name, parameters) answers a value or dies; fault->(name, parameters) answers code and
# text of a fault; who->(headers) calls edges.who with them; make is for typed; impossible has reasons by the values' names.
sub run {
    my %with = @_;
    my ($call, $impossible) = @with{qw(call impossible)};
    my $make = $with{make};
    check('echo', sub { expect($call->('test.echo', $make->('string', ODD)), ODD) });
    for my $value (split / /, $ENV{POLYWIRE_VALUES}) {
        my ($kind, $name) = split /\./, $value;
        my $way = sub { $call->("edges.put_$kind", $name, typed($kind, $call->("edges.get_$kind", $name), $make)) };
        my $said = eval { $way->() } // $@;
        if ($said =~ /^(?:exact|loss)$/) { line($value, 'ok', '') }
        elsif ($impossible->{$value}) { line($value, 'impossible', $impossible->{$value}) }
        else { line($value, 'wrong', $said) }
    }
    check('list-of-one', sub { expect(join(',', @{ $call->('edges.get_list', 'one') }), 'only') });
    check('default.absent', sub { expect($call->('edges.put_default', 'absent'), 'exact') });
    check('nothing', sub { expect($call->('edges.nothing'), 1) });
    faults($with{fault}, $make, $with{type});
    check('token', sub { expect($with{who}->(Authorization => "Bearer $ENV{POLYWIRE_TOKEN}"), 'ana') });
}

sub faults {
    my ($fault, $make, $type) = @_;
    check('fault.declared', sub {
        my ($code, $text) = $fault->('test.fail', $make->('string', ODD));
        expect($code, 1002);
        expect($text =~ /^test-refused: The test was refused/, 1);
        return "$type, code 1002";
    });
    check('fault.params', sub {
        my ($code, $text) = $fault->('test.greet', $make->('string', ''));
        expect($code, -32602);
        expect($text =~ /\[name: /, 1);
        return "$type, whose text names the path";
    });
}

1;
