"""Chromium without a window, through its DevTools pipe: opens pages, measures them, and takes pictures."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time


def program():
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Browser:
    """One page. `problems` has what the console and the network said since the page was opened."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="tiresias-browser-")
        from_us, to_browser = os.pipe()
        from_browser, to_us = os.pipe()

        def descriptors():
            # The pipe's ends are 3 and 4 in the browser, whatever they are here.
            reading, writing = os.dup(from_us), os.dup(to_us)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen(
            [program(), "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
             f"--user-data-dir={self.profile}", "--disable-background-networking", "--no-first-run", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False, preexec_fn=descriptors,
        )
        os.close(from_us)
        os.close(to_us)
        self.writing, self.reading = to_browser, from_browser
        self.number, self.buffer, self.problems, self.events, self.session = 0, b"", [], [], None
        self.own = ("file:", "data:")
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.writing)
        os.close(self.reading)
        shutil.rmtree(self.profile, ignore_errors=True)

    def message(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.reading, 1 << 20)
            if not piece:
                raise RuntimeError("the browser ended")
            self.buffer += piece
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.writing, json.dumps(request).encode() + b"\0")
        while (message := self.message()).get("id") != self.number:
            self.note(message)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return message["result"]

    def note(self, message):
        method, parameters = message.get("method"), message.get("params", {})
        self.events.append(method)
        if method == "Runtime.exceptionThrown":
            self.problems.append(f"exception: {parameters['exceptionDetails'].get('text')}")
        if method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning"):
            self.problems.append(f"console: {parameters['args']}")
        if method == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            self.problems.append(f"log: {parameters['entry']['text']}")
        if method == "Network.requestWillBeSent" and not parameters["request"]["url"].startswith(self.own):
            self.problems.append(f"request: {parameters['request']['url']}")

    def open(self, path, width=1280, scheme="light"):
        """Opens a file, or the address of a server, at a width, in a colour scheme, and waits until it is loaded."""
        address = str(path) if str(path).startswith("http") else f"file://{path}"
        # What a page asks of its own server is no problem.
        self.own = ("file:", "data:", address.partition("#")[0])
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.leave()
        self.problems = []
        self.load(address)

    def leave(self):
        """Ends what the page still asks of a server that may be about to stop."""
        self.load("about:blank")

    def load(self, address):
        self.events = []
        self.call("Page.navigate", url=address)
        while "Page.loadEventFired" not in self.events:
            self.note(self.message())

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']['text']}")
        return result["result"].get("value")

    def until(self, expression, seconds=20):
        """Waits until an expression is true, and gives its value."""
        end = time.monotonic() + seconds
        while not (value := self.evaluate(expression)):
            if time.monotonic() > end:
                raise RuntimeError(f"in {seconds} s it did not become true: {expression}")
            time.sleep(0.05)
        return value

    def painted(self):
        """Waits until the page was painted once: Chromium drops what is typed before."""
        self.until("performance.getEntriesByType('paint').length > 0")

    def key(self, key, code):
        for kind in ("keyDown", "keyUp"):
            letter = "\r" if key == "Enter" else key if len(key) == 1 else ""
            text = {"text": letter} if letter and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text)

    def picture(self, path):
        """The whole page, as PNG."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))
