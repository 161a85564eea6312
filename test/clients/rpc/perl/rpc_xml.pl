# RPC::XML::Client
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Report;
use RPC::XML;
use RPC::XML::Client;

$RPC::XML::ENCODING = 'utf-8';
$RPC::XML::ALLOW_NIL = 1;
my $client = RPC::XML::Client->new("$ARGV[0]/xmlrpc");

sub request {
    my $answer = $client->send_request(@_);
    die "$answer\n" unless ref $answer;
    return $answer;
}

sub call {
    my $answer = request(@_);
    die $answer->code, ': ', $answer->string, "\n" if $answer->is_fault;
    return $answer->value;
}

sub fault {
    my $answer = request(@_);
    return ($answer->code, $answer->string);
}

sub make {
    my ($type, $value) = @_;
    my $class = 'RPC::XML::' . ($type eq 'dateTime.iso8601' ? 'datetime_iso8601' : $type);
    return $class->new($value // ());
}

Report::run(
    call => \&call,
    fault => \&fault,
    make => \&make,
    type => 'RPC::XML::fault',
    who => sub { $client->useragent->default_header(@_); call('edges.who') },
    impossible => {},
);
