// The call by a stub of gowsdl: call URL-OF-ENDPOINT
package main

import (
	"fmt"
	"os"

	"github.com/hooklift/gowsdl/soap"

	"polywire.test/names/gen"
)

func main() {
	port := gen.NewPolywirePortType(soap.NewClient(os.Args[1]))
	answer, err := port.Echo(&gen.Echo{Class: "a", Self: 7, End: true, Default_: "b"})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(answer.Result)
}
