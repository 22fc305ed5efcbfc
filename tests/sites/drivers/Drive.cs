using System;

var user = new User(args[0], args[1], args[2] == "true", args[3]);
Console.WriteLine(Identity.Token(user, DateTimeOffset.FromUnixTimeSeconds(long.Parse(args[4])), args[5]));
