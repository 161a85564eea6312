package main

import (
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/xml"
	"os"
	"time"
)

const profile = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#"

// security is the header of WS-Security.
type security struct {
	XMLName xml.Name `xml:"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd Security"`
	Token   struct {
		Username string
		Password password
		Nonce    string `xml:",omitempty"`
		Created  string `xml:"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd Created,omitempty"`
	} `xml:"UsernameToken"`
}

type password struct {
	Type  string `xml:",attr"`
	Value string `xml:",chardata"`
}

// userToken is of the user, with the password as text or as a digest.
func userToken(digest bool) *security {
	var made security
	made.Token.Username = os.Getenv("POLYWIRE_USER")
	secret := os.Getenv("POLYWIRE_PASSWORD")
	if !digest {
		made.Token.Password = password{profile + "PasswordText", secret}
		return &made
	}
	nonce := make([]byte, 16)
	rand.Read(nonce)
	made.Token.Nonce = base64.StdEncoding.EncodeToString(nonce)
	made.Token.Created = time.Now().UTC().Format("2006-01-02T15:04:05.000Z")
	sum := sha1.Sum([]byte(string(nonce) + made.Token.Created + secret))
	made.Token.Password = password{profile + "PasswordDigest", base64.StdEncoding.EncodeToString(sum[:])}
	return &made
}
