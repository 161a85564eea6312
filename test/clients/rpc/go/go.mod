module polywire.test/clients

go 1.22

require (
	github.com/gorilla/rpc v1.2.0
	github.com/kolo/xmlrpc v0.0.0-20220921171641-a4b6fa1dd06b
)
