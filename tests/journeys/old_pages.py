"""Pages of a site that another product's snippet stands on, as that product documents it: but for the script's address.

Each page offers `act(name)`: what the site itself would do with the product's calls. What the product would call back
is noted in `heard`.
"""

import json
from collections.abc import Mapping
from typing import Literal

Product = Literal["customerly", "intercom", "chatwoot", "crisp"]
Person = Mapping[str, str]

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An old page</title></head>
<body><h1>An old page</h1><script>var heard = [];</script>%s</body></html>"""


def page(product: Product, address: str, person: Person | None) -> str:
    """For somebody whom the site knows, with the hash that it makes for this product; or for nobody."""
    return PAGE % _SNIPPETS[product](address, person or {})


def _customerly(address: str, person: Person) -> str:
    return """<script>
      !function () {
        var w = window, c = w.customerly = w.customerly || [];
        if (c.loaded) return;
        c.queue = [];
        ["event", "attribute", "update", "show", "hide", "open", "close"].forEach(function (name) {
          c[name] = function () { c.queue.push([name].concat(Array.prototype.slice.call(arguments))); return c; };
        });
        c.load = function (settings) {
          c.settings = settings || {};
          c.loaded = true;
          var s = document.createElement("script");
          s.async = true;
          s.src = "ADDRESS";
          var first = document.getElementsByTagName("script")[0];
          first.parentNode.insertBefore(s, first);
        };
      }();
      customerly.onMessengerInitialized = function () { heard.push("ready"); };
      customerly.onChatOpened = function () { heard.push("opened"); };
      customerly.onChatClosed = function () { heard.push("closed"); };
      customerly.load(PERSON);
      customerly.event("came_by");
      function act(what) { customerly[what](); }
    </script>""".replace("ADDRESS", address).replace(
        "PERSON", _script({"app_id": "d41d8cd9", **_given(person, email_hash="hash")})
    )


def _intercom(address: str, person: Person) -> str:
    return """<script>
      window.intercomSettings = PERSON;
    </script>
    <script>
      (function () {
        var w = window, ic = w.Intercom;
        if (typeof ic === "function") { ic("reattach_activator"); ic("update", w.intercomSettings); return; }
        var i = function () { i.c(arguments); };
        i.q = [];
        i.c = function (args) { i.q.push(args); };
        w.Intercom = i;
        var l = function () {
          var s = document.createElement("script");
          s.type = "text/javascript";
          s.async = true;
          s.src = "ADDRESS";
          var x = document.getElementsByTagName("script")[0];
          x.parentNode.insertBefore(s, x);
        };
        if (document.readyState === "complete") l(); else w.addEventListener("load", l, false);
      })();
      Intercom("onShow", function () { heard.push("opened"); });
      Intercom("onHide", function () { heard.push("closed"); });
      Intercom("trackEvent", "came-by");
      function act(what) { Intercom({ open: "show", close: "hide", logout: "shutdown" }[what]); }
    </script>""".replace("ADDRESS", address).replace(
        "PERSON",
        _script(
            {
                "api_base": "https://api-iam.intercom.io",
                "app_id": "a1b2c3",
                **_given(person, user_hash="hash"),
            }
        ),
    )


def _chatwoot(address: str, person: Person) -> str:
    user = {
        name: value for name, value in _given(person, identifier_hash="hash").items() if name != "user_id"
    }
    known = f"window.$chatwoot.setUser({_script(person['user_id'])}, {_script(user)});" if person else ""
    return """<script>
      window.addEventListener("chatwoot:ready", function () {
        heard.push("ready");
        KNOWN
        window.$chatwoot.setCustomAttributes({ plan: "gold" });
      });
      window.addEventListener("chatwoot:opened", function () { heard.push("opened"); });
      window.addEventListener("chatwoot:closed", function () { heard.push("closed"); });
      (function (d, t) {
        var BASE_URL = "https://app.chatwoot.com";
        var g = d.createElement(t), s = d.getElementsByTagName(t)[0];
        g.src = "ADDRESS";
        g.defer = true;
        g.async = true;
        s.parentNode.insertBefore(g, s);
        g.onload = function () {
          window.chatwootSDK.run({ websiteToken: "wQ3x", baseUrl: BASE_URL });
        };
      })(document, "script");
      function act(what) {
        if (what === "logout") window.$chatwoot.reset(); else window.$chatwoot.toggle(what);
      }
    </script>""".replace("ADDRESS", address).replace("KNOWN", known)


def _crisp(address: str, person: Person) -> str:
    known = (
        f'$crisp.push(["set", "user:email", [{_script(person["email"])}, {_script(person["hash"])}]]);'
        f'$crisp.push(["set", "user:nickname", [{_script(person["name"])}]]);'
        if person
        else ""
    )
    return """<script>
      window.$crisp = [];
      window.CRISP_WEBSITE_ID = "8c842203-7ed8-4e29-a608-7cf78a7d2fcc";
      (function () {
        var d = document, s = d.createElement("script");
        s.src = "ADDRESS";
        s.async = 1;
        d.getElementsByTagName("head")[0].appendChild(s);
      })();
      KNOWN
      $crisp.push(["on", "session:loaded", function () { heard.push("ready"); }]);
      $crisp.push(["on", "chat:opened", function () { heard.push("opened"); }]);
      $crisp.push(["on", "chat:closed", function () { heard.push("closed"); }]);
      $crisp.push(["config", "color:theme", ["black"]]);
      function act(what) { $crisp.push(["do", what === "logout" ? "session:reset" : "chat:" + what]); }
    </script>""".replace("ADDRESS", address).replace("KNOWN", known)


_SNIPPETS = {"customerly": _customerly, "intercom": _intercom, "chatwoot": _chatwoot, "crisp": _crisp}


def _given(person: Person, **called: str) -> dict[str, str]:
    """What a product is told of somebody, the hash under that product's own name for it."""
    names = {theirs: ours for ours, theirs in called.items()}
    return {names.get(name, name): value for name, value in person.items()}


def _script(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")
