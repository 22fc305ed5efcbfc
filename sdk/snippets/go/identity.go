package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"time"
)

type header struct {
	Type      string `json:"typ"`
	Algorithm string `json:"alg"`
	Key       string `json:"kid"`
}

type claims struct {
	Audience      string `json:"aud"`
	Subject       string `json:"sub"`
	IssuedAt      int64  `json:"iat"`
	ExpiresAt     int64  `json:"exp"`
	ID            string `json:"jti"`
	Email         string `json:"email,omitempty"`
	EmailVerified bool   `json:"email_verified"`
	Name          string `json:"name,omitempty"`
}

type User struct {
	ID, Email, Name string
	EmailVerified   bool
}

// IdentityToken says: this user of ours is on the page, now. `jti` is something random, such as a UUID.
func IdentityToken(user User, now time.Time, jti string) (string, error) {
	head, err := part(header{"JWT", "HS256", os.Getenv("PRIVITY_KID")})
	if err != nil {
		return "", err
	}
	body, err := part(claims{
		os.Getenv("PRIVITY_WORKSPACE"), user.ID, now.Unix(), now.Unix() + 600, jti,
		user.Email, user.EmailVerified, user.Name,
	})
	if err != nil {
		return "", err
	}
	signature := hmac.New(sha256.New, []byte(os.Getenv("PRIVITY_SIGNING_SECRET")))
	signature.Write([]byte(head + "." + body))
	return head + "." + body + "." + base64.RawURLEncoding.EncodeToString(signature.Sum(nil)), nil
}

func part(content any) (string, error) {
	text, err := json.Marshal(content)
	return base64.RawURLEncoding.EncodeToString(text), err
}
