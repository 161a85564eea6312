# xmlrpc, Tcl's package: HTTP/1.0 without Host; markup, charset and types are its user's.
package require xmlrpc

# The package counts characters, not bytes, so it must be given bytes: its sockets pass each on as it is.
encoding system iso8859-1
fconfigure stdout -encoding utf-8 -buffering line
set url [lindex $argv 0]
set odd "Zo\u00eb & <Bob> \]\]> [encoding convertfrom utf-8 \xf0\x9f\x98\x80]"

proc encoded {text} {
    return [encoding convertto utf-8 [string map {& &amp; < &lt; > &gt;} $text]]
}

# One of the references that the server's ASCII has.
proc character {code} {
    if {$code < 65536} { return [format %c $code] }
    set bytes [binary format cccc [expr {240 | $code >> 18}] [expr {128 | $code >> 12 & 63}] \
        [expr {128 | $code >> 6 & 63}] [expr {128 | $code & 63}]]
    return [encoding convertfrom utf-8 $bytes]
}

proc decoded {text} {
    set escaped [string map {\\ \\\\ \[ \\\[ $ \\$} $text]
    set found [subst [regsub -all {&#(\d+);} $escaped {[character \1]}]]
    return [string map {&lt; < &gt; > &quot; \" &apos; ' &amp; &} $found]
}

# What the functions' documentation says of their values: a type, {list of}, {map of}, {struct member of …}.
set module {struct id string tags {list string} marks {map int}}
set entry {struct id int username string email string grade double active boolean}
set types [dict create string string boolean boolean int int int64 string float double decimal string date string \
    datetime dateTime.iso8601 bytes base64 enum string list {list string} map {map int} \
    object [list struct name string sections [list list [list struct title string modules [list list $module]]]] \
    json {struct any {list string}} nullable {struct id int note string} optional {struct id int label string} \
    records [list list $entry]]

# A value as the package has it, as one of Tcl's own.
proc native {type value} {
    switch [lindex $type 0] {
        string { return [decoded $value] }
        dateTime.iso8601 { return [clock scan $value -format %Y%m%dT%H:%M:%S -gmt 1] }
        base64 { return [binary decode base64 $value] }
        list { return [lmap item $value { native [lindex $type 1] $item }] }
        map - struct { return [members $type $value native] }
        default { return $value }
    }
}

proc members {type pairs convert} {
    set made {}
    foreach pair $pairs {
        lassign $pair name value
        set of [expr {[lindex $type 0] eq "map" ? [lindex $type 1] : [dict get [lrange $type 1 end] $name]}]
        lappend made [decoded $name] [$convert $of $value]
    }
    return $made
}

# And back: a pair of a type and a value; of a struct the value is the name of an array.
proc typed {type value} {
    switch [lindex $type 0] {
        string { return [list string [encoded $value]] }
        dateTime.iso8601 { return [list $type [clock format $value -format %Y%m%dT%H:%M:%S -gmt 1]] }
        base64 { return [list base64 [binary encode base64 $value]] }
        list { return [list array [lmap item $value { typed [lindex $type 1] $item }]] }
        map - struct { return [list struct [stored $type $value]] }
        default { return [list $type $value] }
    }
}

set arrays 0
proc stored {type value} {
    set name ::struct[incr ::arrays]
    array set $name {}
    dict for {member inner} $value {
        set of [expr {[lindex $type 0] eq "map" ? [lindex $type 1] : [dict get [lrange $type 1 end] $member]}]
        set ${name}([encoded $member]) [typed $of $inner]
    }
    return $name
}

set caller {uplevel #0}
proc call {name args} {
    return [lindex [{*}$::caller [list xmlrpc::call $::url xmlrpc $name $args]] 1]
}

proc text {value} { return [list string [encoded $value]] }

proc there_and_back {kind name} {
    set type [dict get $::types $kind]
    set value [native $type [call edges.get_$kind [text $name]]]
    set said [call edges.put_$kind [text $name] [typed $type $value]]
    if {$said ni {exact loss}} { error $said }
}

proc say {check status {note ""}} {
    puts "$check\t$status\t[regsub -all {\s+} $note { }]"
}

# Runs one check: it fails by an error, and what it returns is told.
proc check {name step} {
    if {![catch {uplevel #0 $step} note]} { say $name ok $note } \
    elseif {[dict exists $::cannot $name]} { say $name impossible [dict get $::cannot $name] } \
    else { say $name wrong $note }
}

proc expect {value wanted} {
    if {$value ne $wanted} { error "$value is not $wanted" }
}

# A fault comes as a value that has a faultCode.
proc fault {name parameter code part} {
    set answer [call $name [text $parameter]]
    expect [lindex [xmlrpc::assoc faultCode $answer] 1] $code
    set said [decoded [lindex [xmlrpc::assoc faultString $answer] 1]]
    if {[string first $part $said] < 0} { error $said }
    return "a value with faultCode and faultString"
}

# The package sends no header of its user's; its halves do, with a socket of one's own between.
proc known {} {
    regexp {//([^:]+):(\d+)} $::url {} host port
    set request [xmlrpc::buildRequest xmlrpc edges.who {}]
    set socket [socket $host $port]
    fconfigure $socket -translation binary
    puts -nonewline $socket [regsub \r\n $request "\r\nAuthorization: Bearer $::env(POLYWIRE_TOKEN)\r\n"]
    flush $socket
    set answer [read $socket]
    close $socket
    return [lindex [xmlrpc::parseResponse $answer] 1]
}

# The package reads in a time of the square of an answer's length, minutes for a thousand records: it gets five seconds.
proc in_time {kind name} {
    set limited [interp create]
    $limited eval {package require xmlrpc}
    interp limit $limited time -seconds [expr {[clock seconds] + 5}]
    set ::caller [list interp eval $limited]
    try { there_and_back $kind $name } on error {note} {
        if {[string match "*limit exceeded" $note]} {
            dict set ::cannot $kind.$name "xmlrpc of Tcl reads in a time of the square of the length: minutes for a thousand records"
        }
        error $note
    } finally {
        set ::caller {uplevel #0}
        interp delete $limited
    }
}

set names "xmlrpc of Tcl reads no struct whose member's name has a space"
set cannot [dict create map.two $names object.deep $names json.any "xmlrpc of Tcl knows no nil"]

check echo {expect [decoded [call test.echo [text $odd]]] $odd}
foreach value $env(POLYWIRE_VALUES) {
    lassign [split $value .] kind name
    set way [expr {$kind eq "records" ? "in_time" : "there_and_back"}]
    check $value [list $way $kind $name]
}
check list-of-one {expect [call edges.get_list [text one]] only}
check default.absent {expect [call edges.put_default [text absent]] exact}
check nothing {expect [call edges.nothing] 1}
check fault.declared {fault test.fail $odd 1002 "test-refused: The test was refused"}
check fault.params {fault test.greet "" -32602 "\[name: "}
check token {expect [known] ana}
