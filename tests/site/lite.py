"""A notebook in JupyterLite, whose kernel runs in the reader's own browser."""

from tests.browser import lab


class LitePage(lab.NotebookPage):
    """One notebook open in JupyterLite."""

    def __init__(self, page):
        super().__init__(page)
        self._asked, self._starts = 0, False
        page.context.on("request", self._count)

    def wait_for_kernel(self):
        """Wait until Python is there: a notebook that is told to run before may run nothing."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        lab.wait_while_it_moves(lambda: self._starts, lambda: self._asked, self._sleep)
        self._wait_idle()
        return self

    def reload(self):
        """Load the page anew, as a reader who comes back."""
        self._starts = False
        self.page.reload()
        return self.wait_for_kernel()

    def save(self):
        """Have the browser keep the notebook, and wait until it says so."""
        self.choose("File", "docmanager:save")
        self._wait_until(_SAVED)

    def download(self):
        """Download the notebook from the menu; return its text."""
        with self.page.expect_download() as begun:
            self.choose("File", "docmanager:download")
        return begun.value.path().read_text(encoding="utf-8")

    def _count(self, request):
        """Count what is asked for; the page's beat goes on for ever, and is no progress."""
        self._asked += not request.url.endswith("heartbeat")
        self._starts |= request.url.endswith("kernel-lock.json")

    def _wait_idle(self):
        for _ in range(2):
            self._wait_until(_IDLE)
            self.page.wait_for_timeout(250)

    def _wait_until(self, condition):
        lab.wait_while_it_moves(
            lambda: self.page.evaluate(condition),
            lambda: (self._asked, self.page.evaluate(lab.PROGRESS)),
            self._sleep,
        )

    def _sleep(self, seconds):
        self.page.wait_for_timeout(1000 * seconds)


_IDLE = """() => {
  const prompts = [...document.querySelectorAll(".jp-InputPrompt")].map((p) => p.textContent);
  const told = document.querySelector(".jp-NotebookKernelStatus")?.textContent;
  const status = document.querySelector(".jp-Notebook-ExecutionIndicator")?.dataset.status;
  return status === "idle" && told === "" && !prompts.some((text) => text.includes("*"));
}"""
"""Once Python is asked for, the notebook says that its kernel starts, until it is there."""
_SAVED = '() => document.querySelector(".jp-NotebookCheckpoint")?.textContent !== ""'
