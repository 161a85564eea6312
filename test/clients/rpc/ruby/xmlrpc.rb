# xmlrpc, the library that was Ruby's own until 2.3
require 'xmlrpc/client'

ODD = "Zo\u{eb} & <Bob> ]]> \u{1F600}"
$stdout.sync = true

# The library has constants for nil, off by default.
XMLRPC::Config.module_eval do
  %i[ENABLE_NIL_PARSER ENABLE_NIL_CREATE].each do |name|
    remove_const(name)
    const_set(name, true)
  end
end

$client = XMLRPC::Client.new2("#{ARGV[0]}/xmlrpc")

def report(name, status, note = '')
  puts [name, status, note.to_s.split.join(' ')].join("\t")
end

# Runs one check: it fails by an exception, and what it returns is told.
def check(name)
  note = yield
  report(name, 'ok', note.is_a?(String) ? note : '')
rescue StandardError => e
  report(name, 'wrong', "#{e.class}: #{e.message}")
end

def expect(value, wanted)
  raise "#{value.inspect} is not #{wanted.inspect}" unless value == wanted
end

def fault(*call)
  ok, value = $client.call2(*call)
  raise "there was no fault, but #{value}" if ok
  value
end

# Ruby has one String for text and bytes: the library is told of bytes by a class of its own.
def back(kind, value)
  kind == 'bytes' ? XMLRPC::Base64.new(value) : value
end

check('echo') { expect($client.call('test.echo', ODD), ODD) }
ENV.fetch('POLYWIRE_VALUES').split.each do |named|
  kind, name = named.split('.')
  check(named) do
    said = $client.call("edges.put_#{kind}", name, back(kind, $client.call("edges.get_#{kind}", name)))
    raise said unless %w[exact loss].include?(said)
  end
end
check('list-of-one') { expect($client.call('edges.get_list', 'one'), ['only']) }
check('default.absent') { expect($client.call('edges.put_default', 'absent'), 'exact') }
check('nothing') { expect($client.call('edges.nothing'), true) }
check('fault.declared') do
  reason = fault('test.fail', ODD)
  expect([reason.class, reason.faultCode], [XMLRPC::FaultException, 1002])
  expect(reason.faultString.start_with?('test-refused: The test was refused'), true)
  'XMLRPC::FaultException with faultCode 1002'
end
check('fault.params') do
  reason = fault('test.greet', '')
  expect(reason.faultCode, -32602)
  expect(reason.faultString.include?('[name: '), true)
  'XMLRPC::FaultException whose faultString names the path'
end
check('token') do
  $client.http_header_extra = { 'Authorization' => "Bearer #{ENV.fetch('POLYWIRE_TOKEN')}" }
  expect($client.call('edges.who'), 'ana')
end
