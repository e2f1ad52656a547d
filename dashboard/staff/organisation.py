"""Signing in by the accounts of the organisation (OpenID Connect), where these are set up: it says who somebody is, the
accounts here say what that one may do."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, current_app, flash, request, session

from dashboard.staff.area import ANYONE, PREFIX, SIGN_IN, StaffArea, allow, go_to, is_own_path
from dashboard.staff.sign_in import begin_session
from dashboard.store import accounts

LOG = logging.getLogger("dashboard.staff")
BACK = f"{PREFIX}/organisation/back"
WANTED = "wanted"
# how long the organisation's server may take, in seconds
PATIENCE = 10


def routes(area: StaffArea) -> Blueprint:
    """Its addresses; where nothing is set up there are none."""
    pages, settings, t = Blueprint("staff_organisation", __name__), area.settings, area.t
    if not settings.oidc_issuer:
        return pages
    # these take a tenth of the memory of a worker, and most have no use for them
    import requests
    from authlib.common.errors import AuthlibBaseError
    from authlib.integrations.flask_client import OAuth
    from joserfc.errors import JoseError

    provider = settings.provider_name
    oauth = OAuth()
    oauth.register(
        "organisation",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256", "timeout": PATIENCE},
    )

    def refuse(text: str) -> Response:
        flash(text, "wrong")
        return go_to(SIGN_IN)

    @pages.get("/organisation")
    @allow(ANYONE)
    @area.limiter.limit("30 per minute")
    def ask_organisation() -> Response:
        oauth.init_app(current_app)
        session[WANTED] = request.args.get("next", "")
        try:
            answer: Response = oauth.organisation.authorize_redirect(settings.public_address + BACK)
        except (AuthlibBaseError, requests.RequestException, ValueError) as error:
            LOG.error("organisation's sign-in cannot be reached", extra={"reason": type(error).__name__})
            return refuse(t("staff.sign_in.by_failed", provider=provider))
        return answer

    @pages.get("/organisation/back")
    @allow(ANYONE)
    @area.limiter.limit("30 per minute")
    def come_back() -> Response:
        oauth.init_app(current_app)
        try:
            # checks the state, the signature, the issuer, the audience, the nonce and the time
            who = oauth.organisation.authorize_access_token().get("userinfo") or {}
        except (AuthlibBaseError, JoseError, requests.RequestException, KeyError, ValueError) as error:
            LOG.warning("sign-in by the organisation refused", extra={"reason": type(error).__name__})
            return refuse(t("staff.sign_in.by_failed", provider=provider))
        email = str(who.get("email") or "")
        # Microsoft says nothing of it: there the issuer is one organisation, which gives its people their addresses
        if not email or who.get("email_verified", True) is not True:
            return refuse(t("staff.sign_in.by_unverified", provider=provider, email=email))
        found = accounts.find_account(area.database, email)
        if found is None or not found[0].is_active:
            return refuse(t("staff.sign_in.by_nobody", provider=provider, email=email))
        wanted = str(session.get(WANTED, ""))
        begin_session(area, found[0])
        return go_to(wanted if is_own_path(wanted) else PREFIX)

    return pages
