"""What holds for one subject, worked out only for the settings that somebody asks for."""

from collections.abc import Iterator, Mapping, Sequence

from extensions.models import Level
from extensions.settings.registry import all_settings, setting
from extensions.settings.resolve import Effective, Said, Sayings, effective


class Holding(Mapping[str, Effective]):
    """Resolves a key when it is read. `layers` are the sayings of the levels that bear on the subject."""

    __slots__ = ("_layers", "_level", "_resolved")

    def __init__(self, level: Level, layers: Sequence[Sayings]) -> None:
        self._level = level
        self._layers = layers
        self._resolved: dict[str, Effective] = {}

    def __getitem__(self, key: str) -> Effective:
        found = self._resolved.get(key)
        if found is None:
            said: list[Said] = [one for layer in self._layers for one in layer.get(key, ())]
            found = self._resolved[key] = effective(setting(key), said, at=self._level)
        return found

    @property
    def alike(self) -> tuple[int, ...]:
        """Equal for subjects of one snapshot about which the same levels say something: they hold the same."""
        return tuple(id(layer) for layer in self._layers if layer)

    def __iter__(self) -> Iterator[str]:
        return (one.key for one in all_settings())

    def __len__(self) -> int:
        return len(all_settings())
