"""Keys of telephones: the panel of an extension, templates, and one set for many."""

from django.urls import path, re_path

from extensions.views.keys import ofextension as one
from extensions.views.keys import oftemplate as of
from extensions.views.keys import spread
from extensions.views.keys.bulk import ExtensionsKeys

_KEYS = r"^extensions/(?P<number>[0-9]{3,5})/keys"
_KEY = rf"{_KEYS}/(?P<position>[1-9][0-9]{{0,2}})"
_TEMPLATE = "key-templates/<int:pk>"

urlpatterns = [
    re_path(rf"{_KEYS}/$", one.ExtensionKeys.as_view(), name="keys"),
    re_path(rf"{_KEYS}/order/$", one.ExtensionKeysOrder.as_view(), name="keys_order"),
    re_path(rf"{_KEYS}/sort/$", one.ExtensionKeysSort.as_view(), name="keys_sort"),
    re_path(rf"{_KEYS}/fill/$", one.ExtensionKeysFill.as_view(), name="keys_fill"),
    re_path(rf"{_KEYS}/suggest/$", one.ExtensionKeysSuggest.as_view(), name="keys_suggest"),
    re_path(rf"{_KEYS}/copy/$", spread.ExtensionKeysCopy.as_view(), name="keys_copy"),
    re_path(rf"{_KEYS}/save/$", spread.ExtensionKeysSave.as_view(), name="keys_save"),
    re_path(rf"{_KEYS}/compare/$", spread.ExtensionKeysCompare.as_view(), name="keys_compare"),
    re_path(rf"{_KEYS}/reapply/$", spread.ExtensionKeysReapply.as_view(), name="keys_reapply"),
    re_path(rf"{_KEYS}/unlink/$", spread.ExtensionKeysUnlink.as_view(), name="keys_unlink"),
    re_path(rf"{_KEY}/$", one.ExtensionKey.as_view(), name="keys_key"),
    re_path(rf"{_KEY}/remove/$", one.ExtensionKeyRemove.as_view(), name="keys_remove"),
    re_path(rf"{_KEY}/move/$", one.ExtensionKeyMove.as_view(), name="keys_move"),
    path("extensions/bulk/keys/", ExtensionsKeys.as_view(), name="bulk_keys"),
    path("key-templates/", of.KeyTemplateList.as_view(), name="key_templates"),
    path("key-templates/new/", of.KeyTemplateCreate.as_view(), name="key_template_create"),
    path(f"{_TEMPLATE}/", of.KeyTemplatePage.as_view(), name="key_template"),
    path(f"{_TEMPLATE}/edit/", of.KeyTemplateEdit.as_view(), name="key_template_edit"),
    path(f"{_TEMPLATE}/delete/", of.KeyTemplateDelete.as_view(), name="key_template_delete"),
    path(f"{_TEMPLATE}/uses/", of.KeyTemplateUses.as_view(), name="key_template_uses"),
    path(f"{_TEMPLATE}/apply/", spread.KeyTemplateApply.as_view(), name="key_template_apply"),
    path(f"{_TEMPLATE}/order/", of.KeyTemplateOrder.as_view(), name="key_template_order"),
    path(f"{_TEMPLATE}/sort/", of.KeyTemplateSort.as_view(), name="key_template_sort"),
    path(f"{_TEMPLATE}/fill/", of.KeyTemplateFill.as_view(), name="key_template_fill"),
    path(f"{_TEMPLATE}/suggest/", of.KeyTemplateSuggest.as_view(), name="key_template_suggest"),
    path(f"{_TEMPLATE}/keys/<int:position>/", of.KeyTemplateKey.as_view(), name="key_template_key"),
    path(f"{_TEMPLATE}/keys/<int:position>/remove/", of.KeyTemplateKeyRemove.as_view(), name="key_template_remove"),
    path(f"{_TEMPLATE}/keys/<int:position>/move/", of.KeyTemplateKeyMove.as_view(), name="key_template_move"),
]
