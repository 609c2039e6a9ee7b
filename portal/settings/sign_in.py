"""Sign-in: users, passwords, second factor, lock-out."""

from portal.settings.installation import PORTAL_COMPANY, PORTAL_TRUSTED_PROXIES

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "portal.accounts.backends.SignInBackend",
]
SESSION_ENGINE = "portal.accounts.session_store"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "portal.accounts.passwords.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "portal.accounts.passwords.OwnNameValidator"},
    {"NAME": "portal.accounts.passwords.HistoryValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "portal.accounts.models.display_name"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.signin.LoginForm",
    "change_password": "portal.accounts.forms.signin.ChangePasswordForm",
    "reset_password": "portal.accounts.forms.signin.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.signin.ResetPasswordKeyForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "portal.accounts.tokens.LinkTokens"  # noqa: S105 - a name, not a secret
PASSWORD_RESET_TIMEOUT = 24 * 3600  # the longest of portal.accounts.tokens, which are stricter
PORTAL_RESET_SECONDS = 0.3  # how long everybody waits for the answer to "I forgot my password"
# The lock is axes' in PostgreSQL; these limits of allauth only take the edge off floods.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,100/h/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = PORTAL_TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = PORTAL_COMPANY
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are half a minute off at times
MFA_ADAPTER = "portal.accounts.mfa.MFAAdapter"
USERSESSIONS_TRACK_ACTIVITY = True
AXES_HANDLER = "portal.accounts.lockout.GrowingLock"
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = "portal.accounts.lockout.memory"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "portal.accounts.lockout.lock_network"
AXES_USERNAME_CALLABLE = "portal.accounts.lockout.lock_name"
AXES_USERNAME_FORM_FIELD = "login"
AXES_SENSITIVE_PARAMETERS = ["csrfmiddlewaretoken", "code"]
AXES_LOCKOUT_CALLABLE = "portal.accounts.lockout.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
