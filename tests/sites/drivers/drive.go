package main

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

func main() {
	told := os.Args[1:]
	seconds, _ := strconv.ParseInt(told[4], 10, 64)
	user := User{ID: told[0], Email: told[1], EmailVerified: told[2] == "true", Name: told[3]}
	token, err := IdentityToken(user, time.Unix(seconds, 0), told[5])
	if err != nil {
		panic(err)
	}
	fmt.Println(token)
}
