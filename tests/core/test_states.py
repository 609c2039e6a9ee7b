"""One table says which moves exist."""

import pytest

from portal.core.chips import chip_of, set_tones
from portal.core.states import IllegalMove, Machine
from tenants.models import ServiceTemplate, TemplateState

MOVES = Machine(
    "state",
    {
        TemplateState.DRAFT: {TemplateState.PUBLISHED},
        TemplateState.PUBLISHED: {TemplateState.RETIRED},
        TemplateState.RETIRED: set(),
    },
)


@pytest.fixture
def template(db: None) -> ServiceTemplate:
    return ServiceTemplate.objects.get(is_default=True)


def test_an_allowed_move_is_saved_and_tells_where_it_came_from(template: ServiceTemplate) -> None:
    assert MOVES.move(template, TemplateState.RETIRED) == TemplateState.PUBLISHED

    assert ServiceTemplate.objects.get(pk=template.pk).state == TemplateState.RETIRED


def test_a_move_that_does_not_exist_is_refused_in_words(template: ServiceTemplate) -> None:
    with pytest.raises(IllegalMove, match="Published.*Draft"):
        MOVES.move(template, TemplateState.DRAFT)


def test_the_row_as_it_is_now_decides_and_not_the_copy_somebody_holds(template: ServiceTemplate) -> None:
    ServiceTemplate.objects.filter(pk=template.pk).update(state=TemplateState.RETIRED)

    assert MOVES.allows(template, TemplateState.RETIRED)
    with pytest.raises(IllegalMove):
        MOVES.move(template, TemplateState.RETIRED)


def test_a_state_never_looks_like_nothing() -> None:
    chip = chip_of(TemplateState.PUBLISHED)

    assert chip.label == "Published"
    assert chip.icon


def test_a_tone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="purple"):
        set_tones({TemplateState.DRAFT: "purple"})
