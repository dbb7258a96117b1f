"""What the login says."""

#: key -> (Japanese, English). `{name}` is filled by `say`.
ACCOUNT: dict[str, tuple[str, str]] = {
    "nav_staff": ("職員の作業", "Staff desk"),
    "nav_evals": ("評価", "Evaluation"),
    "nav_account": ("アカウント", "Account"),
    "login": ("ログイン", "Log in"),
    "login_lead": (
        "職員・評価担当者の画面を使うためのログインです。",
        "For the pages of the desk's staff and evaluators.",
    ),
    "login_lead_chat": (
        "この相談デスクを使うにはログインしてください。",
        "Please log in to use this advisory desk.",
    ),
    "login_name": ("利用者名", "User name"),
    "login_password": ("パスワード", "Password"),
    "login_wrong": (
        "利用者名またはパスワードが違います。",
        "The user name or the password is not right.",
    ),
    "login_locked": (
        "続けて失敗したため、{n} 秒待ってからもう一度お試しください。",
        "Too many attempts in a row: please try again in {n} seconds.",
    ),
    "login_expired": (
        "画面の有効期限が切れていました。もう一度入力してください。",
        "The page had expired. Please enter them once more.",
    ),
    "login_busy": (
        "今はログインできません。少し待ってからもう一度お試しください。",
        "Logging in is not possible just now; please try again in a moment.",
    ),
    "login_help": (
        "パスワードを忘れたときは、相談デスクの管理者に再設定を依頼してください。",
        "If you have forgotten your password, ask whoever runs the desk to set a new one.",
    ),
    "account_you": (
        "{name} さん（{role}）としてログインしています。",
        "You are logged in as {name} ({role}).",
    ),
    "account_proxy": (
        "所属機関の認証でログインしています。終了するには、所属機関の手順でログアウトしてください。",
        "You came through your institution's single sign-on; log out there to end it.",
    ),
    "account_no_place": (
        "この画面を使う権限がありません。必要な場合は、相談デスクの管理者に依頼してください。",
        "Your role does not include that page. If you need it, ask whoever runs the desk.",
    ),
    "logout": ("ログアウト", "Log out"),
    "role_researcher": ("研究者", "researcher"),
    "role_staff": ("職員", "staff"),
    "role_evaluator": ("評価担当者", "evaluator"),
    "role_admin": ("管理者", "administrator"),
}
