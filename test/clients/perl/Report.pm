# What the Perl programs share: the names of the values, and a line for each check.
package Report;
use strict;
use warnings;
use utf8;
use Exporter 'import';
our @EXPORT = qw(ODD impossible check expect values_there_and_back);

use constant ODD => "Zo\x{eb} & <Bob> ]]> \x{1F600}";

binmode STDOUT, ':encoding(UTF-8)';
$| = 1;

sub impossible { die bless { reason => shift }, 'Report::Impossible' }

sub say_it {
    my ($name, $status, $note) = @_;
    $note =~ s/\s+/ /g;
    print join("\t", $name, $status, $note), "\n";
}

# Runs one check: it fails by dying, and what it returns is told.
sub check {
    my ($name, $step) = @_;
    my $note = eval { $step->() // '' };
    return say_it($name, ok => $note) if defined $note;
    return say_it($name, impossible => $@->{reason}) if ref $@ && $@->isa('Report::Impossible');
    say_it($name, wrong => "$@");
}

# Compares texts, or the texts of lists; ends with nothing to tell.
sub expect {
    my ($value, $wanted) = map { ref $_ eq 'ARRAY' ? join("\x{1}", @$_) : $_ // 'undef' } @_;
    die "'$value' is not '$wanted'" unless $value eq $wanted;
    return;
}

# Gets every value and sends it back; the server says what it makes of it.
sub values_there_and_back {
    my ($get, $put) = @_;
    for my $both (split / /, $ENV{POLYWIRE_VALUES}) {
        my ($kind, $name) = split /\./, $both;
        check($both, sub {
            my $said = $put->($kind, $name, $get->($kind, $name));
            die $said // 'nothing' unless ($said // '') =~ /^(?:exact|loss)$/;
            return;
        });
    }
}

1;
