"""The staff's page: tickets, approved answers, figures. Every function of it asks who it is for."""
