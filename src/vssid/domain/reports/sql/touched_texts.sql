-- Days on which texts were made that changed since the last count, or were under way at it. Open messages by the indexes of
-- their state, ended ones by message_ended.
SELECT DISTINCT (created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM notifications_message
WHERE channel = 'sms' AND created_at >= %(from)s
  AND (state IN ('created', 'sending', 'sent') OR (state IN ('delivered', 'failed', 'expired') AND ended_at >= %(since)s))
UNION SELECT DISTINCT day FROM reports_text WHERE outcome = 'under_way'
