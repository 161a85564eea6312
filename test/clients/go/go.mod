module clients

go 1.20
