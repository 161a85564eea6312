# Makes soap4r's classes and driver from a WSDL: generate.rb URL FOLDER
# (soap4r's own command, wsdl2ruby.rb, wants Logger::Application, which Ruby has no more.)
require 'logger'
require 'wsdl/soap/wsdl2ruby'

worker = WSDL::SOAP::WSDL2Ruby.new
worker.location, worker.basedir = ARGV
worker.logger = Logger.new($stderr, level: Logger::WARN)
worker.opt.update('force' => true, 'classdef' => nil, 'mapping_registry' => nil, 'driver' => nil, 'module_path' => 'Generated')
worker.run
