# JSON::RPC, its client JSON::RPC::Legacy::Client
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use DateTime;
use JSON;
use JSON::RPC::Legacy::Client;
use Math::BigFloat;
use Math::BigInt;
use MIME::Base64;
use Report;
use Time::Piece;

my $client = JSON::RPC::Legacy::Client->new;
my $next = 0;

# The client is of JSON-RPC 1.1: what 2.0 wants beside is its caller's.
sub request {
    my ($method, $params) = @_;
    return $client->call("$ARGV[0]/jsonrpc", { jsonrpc => '2.0', id => ++$next, method => $method, params => $params });
}

sub call {
    my $answer = request(@_);
    die encode_json($answer->error_message), "\n" if $answer->is_error;
    return $answer->result;
}

sub moment {
    my ($year, $month, $day, $hour, $minute, $second, $ms) = $_[0] =~ /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})Z$/;
    return DateTime->new(
        year => $year, month => $month, day => $day, hour => $hour, minute => $minute, second => $second,
        nanosecond => $ms * 1_000_000, time_zone => 'UTC',
    );
}

# What JSON has no type for, as Perl has it, and back.
my %natives = (
    int64 => [sub { Math::BigInt->new($_[0]) }, sub { $_[0]->bstr }],
    decimal => [sub { Math::BigFloat->new($_[0]) }, sub { $_[0]->bstr }],
    date => [sub { Time::Piece->strptime($_[0], '%Y-%m-%d') }, sub { $_[0]->ymd }],
    datetime => [\&moment, sub { $_[0]->strftime('%Y-%m-%dT%H:%M:%S.%3NZ') }],
    bytes => [\&decode_base64, sub { encode_base64($_[0], '') }],
);

sub back_and_forth {
    my ($kind, $name) = @_;
    my ($native, $json) = @{ $natives{$kind} // [(sub { $_[0] }) x 2] };
    my $value = $native->(call("edges.get_$kind", { name => $name }));
    return call("edges.put_$kind", { name => $name, value => $json->($value) });
}

sub fault {
    my $answer = request(@_);
    die "there was no fault\n" unless $answer->is_error;
    return $answer->error_message;
}

Report::check('echo', sub { Report::expect(call('test.echo', { string => ODD }), ODD) });
for my $value (split / /, $ENV{POLYWIRE_VALUES}) {
    Report::check($value, sub { Report::expect(back_and_forth(split /\./, $value), 'exact') });
}
Report::check('list-of-one', sub { Report::expect(encode_json(call('edges.get_list', { name => 'one' })), '["only"]') });
Report::check('default.absent', sub { Report::expect(call('edges.put_default', { name => 'absent' }), 'exact') });
Report::check('nothing', sub { Report::expect(JSON->new->allow_nonref->encode(call('edges.nothing', {})), 'null') });
Report::check('fault.declared', sub {
    my $error = fault('test.fail', { reason => ODD });
    my $data = $error->{data};
    Report::expect("$error->{code} $data->{code}", '1002 test-refused');
    Report::expect("$data->{data}{reason} $data->{data}{attempts}", ODD . ' 3');
    return 'JSON::RPC::Legacy::ReturnObject, is_error; code, reason and attempts in error_message';
});
Report::check('fault.params', sub {
    my $error = fault('test.greet', { name => '' });
    Report::expect("$error->{code} $error->{data}{issues}[0]{path}", '-32602 name');
    return 'JSON::RPC::Legacy::ReturnObject, is_error, with the path in error_message';
});
Report::check('token', sub {
    $client->ua->default_header(Authorization => "Bearer $ENV{POLYWIRE_TOKEN}");
    Report::expect(call('edges.who', {}), 'ana');
});
