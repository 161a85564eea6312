# SOAP::Lite: soap_lite.pl URL 1.1|1.2|encoded|wsdl; only the last of them reads a WSDL.
use strict;
use warnings;
use utf8;
use FindBin;
use lib $FindBin::Bin;
use Digest::SHA qw(sha1);
use Encode qw(encode_utf8);
use JSON::PP;
use List::Util qw(pairs);
use MIME::Base64;
use POSIX qw(strftime);
use Scalar::Util qw(reftype);
use SOAP::Lite;
use Report;

my ($url, $mode) = @ARGV;
my $literal = $mode eq '1.1' || $mode eq '1.2';
my $oasis = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss';
SOAP::Lite->soapversion('1.2') if $mode eq '1.2';

# Types that restrict or combine others are the program's to read and to write: SOAP::Lite knows those of XML Schema.
{
    package Reader;
    our @ISA = ('SOAP::Deserializer');

    sub typecast {
        my ($self, $value, $name, $attributes, $children, $type) = @_;
        return !$children && ($type // '') =~ /edges_get_enum/ ? $value : undef;
    }
}
for my $type ($mode eq 'wsdl' ? qw(ArrayOfString ArrayOfEntry MapOfInt Course Holder Choice edges_put_enum_value) : ()) {
    no strict 'refs';
    *{"SOAP::Serializer::as_$type"} = sub { [$_[2], {}, $_[1]] };
}

my $by_wsdl = $mode eq 'wsdl' ? SOAP::Lite->service("$url/soap?wsdl=encoded") : undef;

sub client {
    my $client = $by_wsdl ? (ref $by_wsdl)->new->want_som(1) : SOAP::Lite->new(default_ns => 'urn:polywire');
    $client->proxy("$url/soap");
    $client->on_action(sub { qq("$_[0]#$_[1]") });
    $client->deserializer(Reader->new);
    $client->serializer->autotype(0)->encodingStyle('') if $literal;
    # any text is a string: bytes are marked where they are meant
    $client->serializer->typelookup->{base64Binary}[1] = sub { 0 };
    return $client;
}

my $client = client();

sub answer {
    my ($with, $operation, @params) = @_;
    my @named = pairs @params;
    return $with->$operation(map { $_->[1] } @named) if $by_wsdl;
    return $with->call($operation => map { data(@$_) } @named);
}

# A value under a name: in document/literal hashes are elements, and lists are elements that come again.
sub data {
    my ($name, $value) = @_;
    return SOAP::Data->name($name => $value) unless $literal;
    # without types nothing is escaped
    return SOAP::Data->name($name => SOAP::Utils::encode_data($value)) unless ref $value;
    return map { data($name => $_) } @$value if ref $value eq 'ARRAY';
    return SOAP::Data->name($name => \SOAP::Data->value(map { data($_ => $value->{$_}) } keys %$value));
}

# Plain lists and hashes: SOAP::Lite blesses what comes with a type.
sub plain {
    my ($value) = @_;
    return $value unless ref $value;
    return [map { plain($_) } @$value] if reftype($value) eq 'ARRAY';
    return { map { $_ => plain($value->{$_}) } keys %$value };
}

sub call {
    my $som = answer($client, @_);
    die text_of($som) if $som->fault;
    return $som;
}

# SOAP::Lite's faultstring and faultdetail know SOAP 1.1.
sub text_of { $_[0]->faultstring // $_[0]->valueof('//Fault/Reason/Text') }
sub detail_of { $_[0]->faultdetail // $_[0]->valueof('//Fault/Detail') }

sub get {
    my ($kind, $name) = @_;
    my $som = call("edges_get_$kind", name => $name);
    my @inner = $literal ? $som->valueof('//result/' . ($kind eq 'map' ? 'entry' : 'item')) : ();
    my $value = $kind =~ /^(?:list|map|records)$/ && $literal ? \@inner : plain($som->result);
    return { map { $_->{key} => $_->{value} } @$value } if $kind eq 'map';
    return decode_base64($value) if $kind eq 'bytes' && $literal;
    return $value + 0 if $kind eq 'float';
    return JSON::PP->new->decode($value) if $kind eq 'json';
    return $value;
}

sub put {
    my ($kind, $name, $value) = @_;
    $value = [map { { key => $_, value => $value->{$_} } } keys %$value] if $kind eq 'map';
    $value = JSON::PP->new->encode($value) if $kind eq 'json';
    $value = { ($kind eq 'map' ? 'entry' : 'item') => $value } if $literal && ref $value eq 'ARRAY';
    $value = encode_base64($value, '') if $kind eq 'bytes' && $literal;
    $value = SOAP::Data->type(base64Binary => $value) if $kind eq 'bytes' && $mode eq 'encoded';
    return call("edges_put_$kind", name => $name, value => $value)->result;
}

sub fault {
    my $som = answer($client, @_);
    die 'there was no fault' unless $som->fault;
    return $som;
}

sub who {
    my ($with, @headers) = @_;
    my $som = $by_wsdl ? $with->edges_who(@headers) : $with->call(edges_who => @headers);
    die text_of($som) if $som->fault;
    expect($som->result, 'ana');
}

sub token {
    my $known = client();
    $known->transport->proxy->default_header(Authorization => "Bearer $ENV{POLYWIRE_TOKEN}");
    who($known);
}

sub wsse {
    my ($digest) = @_;
    my ($created, $nonce) = (strftime('%Y-%m-%dT%H:%M:%SZ', gmtime), join '', map { chr int rand 256 } 1 .. 16);
    my $password = $ENV{POLYWIRE_PASSWORD};
    my $proof = $digest ? encode_base64(sha1($nonce . $created . encode_utf8($password)), '') : $password;
    my $type = "$oasis-username-token-profile-1.0#Password" . ($digest ? 'Digest' : 'Text');
    my @token = (
        SOAP::Header->name('wsse:Username' => $ENV{POLYWIRE_USER})->type(''),
        SOAP::Header->name('wsse:Password' => $proof)->type('')->attr({ Type => $type }),
        SOAP::Header->name('wsse:Nonce' => encode_base64($nonce, ''))->type(''),
        SOAP::Header->name('wsu:Created' => $created)->type(''),
    );
    my $security = SOAP::Header->name('wsse:Security')->mustUnderstand(1)
        ->attr({ 'xmlns:wsse' => "$oasis-wssecurity-secext-1.0.xsd", 'xmlns:wsu' => "$oasis-wssecurity-utility-1.0.xsd" })
        ->value(\SOAP::Header->name('wsse:UsernameToken' => \SOAP::Header->value(@token[0 .. ($digest ? 3 : 1)])));
    who(client(), $security);
}

my $in = $mode eq '1.2' ? "valueof('//Fault/Detail')" : 'faultdetail';

check('echo', sub { expect(call('test_echo', string => ODD)->result, ODD) });
values_there_and_back(\&get, \&put);
check('list-of-one', sub { expect(get('list', 'one'), ['only']) });
check('default.absent', sub { expect(call('edges_put_default', name => 'absent')->result, 'exact') });
check('nothing', sub { expect(call('edges_nothing')->result || undef, undef) });
check('fault.declared', sub {
    my $error = detail_of(fault('test_fail', reason => ODD))->{TestRefusedFault};
    expect([$error->{code}, $error->{data}{reason}, $error->{data}{attempts}], ['test-refused', ODD, 3]);
    return "SOAP::SOM, whose $in is a hash";
});
check('fault.params', sub {
    my $som = fault('test_greet', name => '');
    expect(detail_of($som)->{PolywireFault}{code}, 'invalid-params');
    expect(($som->valueof('//issues/item'))[0]{path}, 'name');
    return "SOAP::SOM, whose $in is a hash with issues";
});
check('token', \&token);
check('wsse.text', sub { wsse(0) });
check('wsse.digest', sub { wsse(1) });
