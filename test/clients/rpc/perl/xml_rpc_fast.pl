# XML::RPC::Fast
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use DateTime;
use MIME::Base64;
use Report;
use XML::RPC::Fast 'customtype';

my $client = XML::RPC::Fast->new("$ARGV[0]/xmlrpc");

# DateTime::Format::ISO8601, which it takes else, refuses 19980717T14:08:55; and it has no node for an empty base64.
$client->registerType('dateTime.iso8601' => sub {
    my ($year, $month, $day, $hour, $minute, $second) = shift->textContent =~ /^(....)(..)(..)T(..):(..):(..)/;
    return DateTime->new(
        year => $year, month => $month, day => $day, hour => $hour, minute => $minute, second => $second,
        time_zone => 'UTC',
    );
});
$client->registerType(base64 => sub { $_[0] ? decode_base64($_[0]->textContent) : '' });

sub request {
    my ($call, @headers) = @_;
    my ($answer) = $client->req(call => $call, @headers);
    return $answer;
}

sub call {
    my $answer = request([@_]);
    return ref $answer eq 'boolean' ? $$answer : $answer;
}

sub fault {
    eval { request([@_]); 1 } and die "there was no fault\n";
    return $@ =~ /^Remote Error \[(-?\d+)\]: (.*)/s;
}

sub make {
    my ($type, $value) = @_;
    return customtype(nil => '') if $type eq 'nil';
    return $value if ref $value;
    return customtype($type, $type eq 'base64' ? encode_base64($value) : $value);
}

Report::run(
    call => \&call,
    fault => \&fault,
    make => \&make,
    type => 'it dies with "Remote Error"',
    who => sub { request(['edges.who'], headers => {@_}) },
    impossible => {},
);
