# What the Ruby programs share: the names of the values, and a line for each check.
ODD = "Zo\u{eb} & <Bob> ]]> \u{1F600}".freeze
VALUES = ENV.fetch('POLYWIRE_VALUES').split.map { |name| name.split('.') }

$stdout.sync = true

# The client cannot do it, for the reason given.
class Impossible < StandardError; end

def say(name, status, note = '')
  puts [name, status, note.to_s.split.join(' ')].join("\t")
end

# Runs one check: it fails by an exception, and what it returns is told.
def check(name)
  say(name, 'ok', yield)
rescue Impossible => e
  say(name, 'impossible', e.message)
rescue StandardError => e
  say(name, 'wrong', "#{e.class}: #{e.message}")
end

def expect(value, wanted)
  raise "#{value.inspect} is not #{wanted.inspect}" unless value == wanted
end

# Gets every value and sends it back; the server says what it makes of it.
def values(get, put)
  VALUES.each do |kind, name|
    check("#{kind}.#{name}") do
      said = put.call(kind, name, get.call(kind, name))
      raise said.to_s unless %w[exact loss].include?(said)
    end
  end
end
