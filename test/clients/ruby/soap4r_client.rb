# soap4r, by what it generates from a WSDL: soap4r_client.rb URL literal|encoded
require 'bigdecimal'
require 'date'
require 'digest/sha1'
require 'json'
require 'securerandom'
require 'time'
require_relative 'report'

URL, STYLE = ARGV
LITERAL = STYLE == 'literal'
# in rpc/encoded a method wants all of its arguments, nil for what is left out
LEFT_OUT = LITERAL ? [] : [nil]
$LOAD_PATH.unshift(File.join(Dir.pwd, STYLE))
require 'PolywireServiceDriver'
require 'soap/filter'
require 'soap/header/handler'
include Generated

# soap4r 2.0.5 makes a Date with a method that Ruby has no more; how types are mapped is the program's to say.
class DateFactory < SOAP::Mapping::Factory
  def soap2obj(_class, node, _info, _map)
    [true, Date.new(node.data.year, node.data.month, node.data.day)]
  end
end

def driver
  made = PolywirePortType.new("#{URL}/soap")
  made.mapping_registry.set(Date, SOAP::SOAPDate, DateFactory.new)
  made
end

DRIVER = driver

# Document/literal takes one object of all parameters.
def call(operation, *params, with: DRIVER)
  return with.public_send(operation, *params) unless LITERAL

  answer = with.public_send(operation, Generated.const_get(operation.to_s.capitalize).new(*params))
  answer.respond_to?(:result) ? answer.result : nil
end

def get(kind, name)
  value = call("edges_get_#{kind}", name)
  case kind
  when 'decimal' then BigDecimal(value)
  when 'json' then JSON.parse(value)
  when 'map' then value.to_h { |entry| [entry.key, entry.value] }
  # in document/literal soap4r encodes what it has not decoded
  when 'bytes' then LITERAL ? value.unpack1('m').unpack1('m') : value
  else value
  end
end

def put(kind, name, value)
  sent =
    case kind
    when 'bytes' then LITERAL ? [value].pack('m0') : value
    # given a time of Ruby's, soap4r 2.0.5 takes fractions of a second for those of a day
    when 'datetime' then value.iso8601(3)
    when 'date' then value.strftime('%F')
    when 'decimal' then value.to_s('F')
    when 'json' then JSON.generate(value)
    when 'map' then MapOfInt.new(value.map { |key, inner| MapOfInt_entry.new(key, inner) })
    else value
    end
  call("edges_put_#{kind}", name, sent)
end

# The error object, of the class that was generated for it.
def detail(element, operation, *params)
  call(operation, *params)
  raise 'there was no fault'
rescue SOAP::FaultError => e
  e.detail.public_send(element)
end

# Adds a header to every request.
class Bearer < SOAP::Filter::StreamHandler
  def on_http_outbound(request)
    request.header['Authorization'] = "Bearer #{ENV.fetch('POLYWIRE_TOKEN')}"
  end
end

# The header of WS-Security with a UsernameToken.
class Security < SOAP::Header::Handler
  OASIS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss'.freeze
  WSSE = "#{OASIS}-wssecurity-secext-1.0.xsd".freeze
  WSU = "#{OASIS}-wssecurity-utility-1.0.xsd".freeze

  def initialize(digest)
    super(XSD::QName.new(WSSE, 'Security'))
    self.mustunderstand = true
    @digest = digest
  end

  def element(namespace, name, content = nil, attributes = {})
    made = SOAP::SOAPElement.new(XSD::QName.new(namespace, name), content)
    attributes.each { |key, value| made.extraattr[key] = value }
    made
  end

  def on_outbound
    nonce, created, password = SecureRandom.bytes(16), Time.now.utc.iso8601, ENV.fetch('POLYWIRE_PASSWORD')
    proof = @digest ? Digest::SHA1.base64digest(nonce + created + password) : password
    type = "#{OASIS}-username-token-profile-1.0#Password#{@digest ? 'Digest' : 'Text'}"
    token = element(WSSE, 'UsernameToken')
    token.add(element(WSSE, 'Username', ENV.fetch('POLYWIRE_USER')))
    token.add(element(WSSE, 'Password', proof, 'Type' => type))
    token.add(element(WSSE, 'Nonce', [nonce].pack('m0'))) if @digest
    token.add(element(WSU, 'Created', created)) if @digest
    security = element(WSSE, 'Security')
    security.add(token)
    security
  end
end

def known
  made = driver
  yield made
  expect(call('edges_who', with: made), 'ana')
end

check('echo') { expect(call('test_echo', ODD), ODD) }
values(method(:get), method(:put))
check('list-of-one') { expect(get('list', 'one'), ['only']) }
check('default.absent') { expect(call('edges_put_default', 'absent', *LEFT_OUT), 'exact') }
check('nothing') { expect(call('edges_nothing'), nil) }
check('fault.declared') do
  error = detail(:testRefusedFault, 'test_fail', ODD)
  expect([error.code, error.data.reason, error.data.attempts], ['test-refused', ODD, 3])
  "SOAP::FaultError, whose detail holds a #{error.class}"
end
check('fault.params') do
  error = detail(:polywireFault, 'test_greet', '', *LEFT_OUT)
  expect([error.code, error.issues.first.path], %w[invalid-params name])
  "SOAP::FaultError, whose detail holds a #{error.class}"
end
check('token') { known { |made| made.streamhandler.filterchain << Bearer.new } }
check('wsse.text') { known { |made| made.headerhandler << Security.new(false) } }
check('wsse.digest') { known { |made| made.headerhandler << Security.new(true) } }
