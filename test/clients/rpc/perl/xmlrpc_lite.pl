# XMLRPC::Lite, of the family of SOAP::Lite
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Report;
use XMLRPC::Lite;

my $client = XMLRPC::Lite->proxy("$ARGV[0]/xmlrpc");

sub call {
    my $answer = $client->call(@_);
    die $answer->faultcode, ': ', $answer->faultstring, "\n" if $answer->fault;
    return $answer->result;
}

sub fault {
    my $answer = $client->call(@_);
    return ($answer->faultcode, $answer->faultstring);
}

sub make {
    my ($type, $value) = @_;
    return undef if $type eq 'nil';
    return XMLRPC::Data->type($type eq 'dateTime.iso8601' ? 'dateTime' : $type, $value);
}

Report::run(
    call => \&call,
    fault => \&fault,
    make => \&make,
    type => 'XMLRPC::SOM with a fault',
    who => sub { $client->transport->default_header(@_); call('edges.who') },
    impossible => { 'json.any' => 'XMLRPC::Lite reads nil as undef and writes undef as an empty value' },
);
