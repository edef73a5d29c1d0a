"""Exchange on the day: questions, votes, polls, debate, materials, attendance, feedback."""
