"""Pages about mail, on the management host only. Included by `portal.jobs.urls`, inside its namespace."""

from django.urls import path

from portal.jobs.mail import text_views as texts
from portal.jobs.mail.views import MailDetail, MailList, MailResend

_ONE = "mail/texts/<slug:name>/<slug:language>/"

urlpatterns = [
    path("mail/", MailList.as_view(), name="mail"),
    path("mail/<int:pk>/", MailDetail.as_view(), name="mail_detail"),
    path("mail/<int:pk>/resend/", MailResend.as_view(), name="mail_resend"),
    path("mail/texts/", texts.MailTexts.as_view(), name="mail_texts"),
    path(_ONE, texts.MailTextPage.as_view(), name="mail_text"),
    path(f"{_ONE}html/", texts.MailTextHtml.as_view(), name="mail_text_html"),
    path(f"{_ONE}edit/", texts.MailTextEdit.as_view(), name="mail_text_edit"),
    path(f"{_ONE}look/", texts.MailTextLook.as_view(), name="mail_text_look"),
    path(f"{_ONE}restore/", texts.MailTextRestore.as_view(), name="mail_text_restore"),
    path(f"{_ONE}test/", texts.MailTextTest.as_view(), name="mail_text_test"),
]
