"""The gateways that come with Porchlight, in the order in which a school meets them."""

SHIPPED = (
    "whatsapp_cloud",
    "twilio_sms",
    "office_phone",
    "vonage_sms",
    "africas_talking",
    "telegram",
    "web_push",
    "twilio_voice",
    "email",
)
