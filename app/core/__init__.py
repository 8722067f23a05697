"""What every act needs: who acts and when, what they may, the audit trail, the database's identity."""
